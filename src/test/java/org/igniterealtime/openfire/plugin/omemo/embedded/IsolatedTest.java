package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class IsolatedTest {

    private static final String PLUGIN = "org.igniterealtime.openfire.plugin.omemo.OmemoPlugin";

    @Test
    void thePluginsOwnClassesAreOutOfReach() throws Exception {
        assertThat(Class.forName(PLUGIN)).isNotNull();
        assertThat(Isolated.call(Finds.class, PLUGIN)).isEqualTo("nothing");
        assertThat(Isolated.call(Finds.class, "org.jivesoftware.openfire.XMPPServer")).isEqualTo("its own");
    }

    @Test
    void exceptionsComeThrough() {
        assertThatThrownBy(() -> Isolated.call(Finds.class)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    public static final class Finds implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            try {
                ClassLoader own = getClass().getClassLoader();
                return Class.forName(args[0], false, own).getClassLoader() == own ? "its own" : "another";
            } catch (ClassNotFoundException e) {
                return "nothing";
            }
        }
    }
}
