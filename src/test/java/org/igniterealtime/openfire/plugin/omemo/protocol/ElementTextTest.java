package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTextTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "<a xmlns='n'/>", "<a xmlns=\"n\"><b>text &amp; \u00e4</b>\n</a>", "<p:a xmlns:p='n' p:b='c'/>",
        "<a xmlns='n'><b xmlns=''/></a>"})
    void anElementThatDeclaresItsNamespacesStandsAlone(String text) {
        assertThat(ElementText.standsAlone(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "text", "<a/>", "<a xmlns=''/>", "<p:a/>", "<a xmlns='n'><p:b/></a>", "<a xmlns='n'>", "<a xmlns='n'><b></a>",
        "<a xmlns='n'/><b xmlns='n'/>", "<a xmlns='n'/></item>", " <a xmlns='n'/>", "<a xmlns='n'/>\n",
        "<?xml version='1.0'?><a xmlns='n'/>", "<!DOCTYPE a><a xmlns='n'/>", "<!-- --><a xmlns='n'/>",
        "<a xmlns='n'><!-- --></a>", "<a xmlns='n'><?b c?></a>", "<a xmlns='n'>&b;</a>", "<a xmlns='n' b='1' b='2'/>",
        "<a xmlns='n'>\u0001</a>", "<a xmlns='n'/>-->"})
    void nothingElseDoes(String text) {
        assertThat(ElementText.standsAlone(text)).isFalse();
    }
}
