package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.server.OpenfireSymbol.Kind;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmpp.packet.JID;

class OpenfireSymbolTest {

    private static final List<String> STRING = List.of("java.lang.String");
    private static final JID JULIET = new JID("juliet@capulet.example/balcony");

    @ParameterizedTest
    @EnumSource
    void everySymbolOfTheReleaseIsFoundOnceAndNoOther(OpenfireSymbol symbol) {
        assertThat(symbol.exists()).isEqualTo(symbol.since().equals("4.2"));
        if (symbol.exists()) {
            assertThat(symbol.handle()).isSameAs(symbol.handle());
            assertThat(symbol.handle().type()).isEqualTo(MethodType.genericMethodType(1 + symbol.parameters().size()));
        } else {
            assertThatThrownBy(symbol::handle).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aSymbolAnswersWithWhatTheMethodReturns() throws Exception {
        assertThat(OpenfireSymbol.ROOM_IS_MEMBERS_ONLY.invoke(room((self, method, arguments) -> true))).isEqualTo(true);
    }

    @Test
    void aSymbolHandsItsArgumentsOn() throws Exception {
        List<Object> handed = new ArrayList<>();
        MUCRoom room = room((self, method, arguments) -> {
            handed.addAll(List.of(arguments));
            return null;
        });

        OpenfireSymbol.ROOM_OCCUPANT_BY_FULL_JID.invoke(room, JULIET);
        assertThat(handed).containsExactly(JULIET);
    }

    @Test
    void whatTheMethodThrowsIsThrownUnchanged() {
        for (Throwable thrown : List.of(new IllegalArgumentException(), new NoClassDefFoundError())) {
            MUCRoom room = room((self, method, arguments) -> {
                throw thrown;
            });

            assertThatThrownBy(() -> OpenfireSymbol.ROOM_OCCUPANT_BY_FULL_JID.invoke(room, JULIET)).isSameAs(thrown);
        }
    }

    @Test
    void staticMethodsAndConstructorsNeedNoInstance() throws Throwable {
        Object five = OpenfireSymbol.find(Kind.STATIC, STRING, "valueOf", List.of(int.class)).invoke((Object) null, (Object) 5);
        Object copy = OpenfireSymbol.find(Kind.CONSTRUCTOR, STRING, "<init>", List.of(String.class))
            .invoke((Object) null, (Object) "Romeo");

        assertThat(five).isEqualTo("5");
        assertThat(copy).isEqualTo("Romeo");
    }

    @Test
    void aSymbolOfAnotherKindIsMissing() {
        assertThatThrownBy(() -> OpenfireSymbol.find(Kind.INSTANCE, STRING, "valueOf", List.of(int.class)))
            .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OpenfireSymbol.find(Kind.STATIC, STRING, "length", List.of()))
            .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMissingArgumentIsRefused() {
        MUCRoom room = room((self, method, arguments) -> null);

        assertThatThrownBy(() -> OpenfireSymbol.ROOM_OCCUPANT_BY_FULL_JID.invoke(room))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstOwnerThatExistsIsTaken() throws Throwable {
        Object length = OpenfireSymbol.find(Kind.INSTANCE, List.of("no.such.Type", "java.lang.String"), "length", List.of())
            .invoke((Object) "Romeo");

        assertThat(length).isEqualTo(5);
    }

    @Test
    void aMethodIsFoundOnInterfacesAndOnClasses() throws Throwable {
        for (String owner : List.of("java.lang.CharSequence", "java.lang.String")) {
            Object initial = OpenfireSymbol.find(Kind.INSTANCE, List.of(owner), "charAt", List.of(int.class))
                .invoke((Object) "Romeo", (Object) 0);

            assertThat(initial).isEqualTo('R');
        }
    }

    @Test
    void aMissingSymbolIsNamed() {
        assertThatThrownBy(() -> OpenfireSymbol.find(Kind.INSTANCE, List.of("no.such.Type"), "length", List.of()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("no.such.Type")
            .hasMessageContaining("length");
        assertThatThrownBy(() -> OpenfireSymbol.find(Kind.INSTANCE, List.of("java.lang.String"), "width", List.of(int.class)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("java.lang.String.width[int]");
    }

    private static MUCRoom room(InvocationHandler behaviour) {
        return (MUCRoom) Proxy.newProxyInstance(
            MUCRoom.class.getClassLoader(), new Class<?>[] {MUCRoom.class}, behaviour);
    }
}
