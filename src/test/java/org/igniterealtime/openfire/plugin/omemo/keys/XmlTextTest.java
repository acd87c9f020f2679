package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.DocumentHelper;
import org.junit.jupiter.api.Test;

class XmlTextTest {

    @Test
    void whatXmlHasIsReadBackAsItWas() throws Exception {
        assertThat(readBack("a<b>&\"'\t\r\n ")).isEqualTo("a<b>&\"'\t\r\n ");
        // By itself: the JDK's parser confuses characters beyond U+FFFF with references to others before them.
        assertThat(readBack("\u202E\u05D0\uD83D\uDE00\uFFFD")).isEqualTo("\u202E\u05D0\uD83D\uDE00\uFFFD");
    }

    @Test
    void whatXmlDoesNotHaveBreaksNothing() throws Exception {
        assertThat(readBack("a\u0000\u0001\u001Fb\uFFFE\uFFFFc\uD800d\uDC00")).isEqualTo("a\uFFFD\uFFFD\uFFFDb\uFFFD\uFFFDc\uFFFDd\uFFFD");
    }

    private static String readBack(String text) throws Exception {
        return DocumentHelper.parseText("<x y=\"" + XmlText.attribute(text) + "\"/>").getRootElement().attributeValue("y");
    }
}
