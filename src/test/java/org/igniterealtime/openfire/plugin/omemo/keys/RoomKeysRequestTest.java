package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomKeysRequestTest {

    @Test
    void withoutAnythingItAsksForTheFirstPageOfAllFamilies() throws Exception {
        assertThat(parse("")).hasValueSatisfying(request -> {
            assertThat(request.families()).containsExactlyInAnyOrder(Family.values());
            assertThat(request.most()).isEqualTo(20);
            assertThat(request.after()).isEmpty();
        });
    }

    @Test
    void asksForFamiliesAndForOnePageAfterAnother() throws Exception {
        assertThat(parse("\n  <family>urn:xmpp:omemo:2</family> <family> urn:xmpp:omemo:1 </family>\n"
            + set("<max>7</max><after>Bob@Example.org</after>"))).hasValueSatisfying(request -> {
                assertThat(request.families()).containsExactlyInAnyOrder(Family.OMEMO_1, Family.OMEMO_2);
                assertThat(request.most()).isEqualTo(7);
                assertThat(request.after()).contains(BareJid.of("bob@example.org").orElseThrow());
            });
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "50,50", "51,50", "2147483648,50", "99999999999999999999,50", "007,7"})
    void neverAsksForMoreThanAPageHolds(String max, int most) throws Exception {
        assertThat(parse(set("<max>" + max + "</max>"))).map(RoomKeysRequest::most).contains(most);
    }

    @Test
    void anEmptyPlaceIsTheBeginning() throws Exception {
        assertThat(parse(set("<after/>"))).hasValueSatisfying(request -> assertThat(request.after()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<max>-1</max>", "<max/>", "<max>ten</max>", "<max>1e3</max>", "<max>999999999999999999999</max>",
        "<max>\u0661</max>", "<max>1</max><max>2</max>", "<after>a@b@c</after>", "<after>../x</after>",
        "<after>bob@example.org/phone</after>", "<after>a b</after>", "<before/>", "<index>3</index>",
        "<max>1</max><after>a@b</after><before/>", "<max xmlns='urn:x'>1</max>"
    })
    void aPageThatItDoesNotUnderstandIsRefused(String page) throws Exception {
        assertThat(parse(set(page))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<family>urn:xmpp:omemo:3</family>", "<family/>", "<family>urn:xmpp:omemo:2</family><family>urn:xmpp:omemo:2</family>",
        "<family xmlns='urn:x'>urn:xmpp:omemo:2</family>", "<set/>", "<anything xmlns='urn:x'/>",
        "<set xmlns='http://jabber.org/protocol/rsm'/><set xmlns='http://jabber.org/protocol/rsm'/>"
    })
    void anythingElseInItIsRefused(String content) throws Exception {
        assertThat(parse(content)).isEmpty();
    }

    @Test
    void aLongOneIsRefused() throws Exception {
        assertThat(parse("<family>urn:xmpp:omemo:2</family>".repeat(10_000))).isEmpty();
        assertThat(parse(set("<after>" + "a".repeat(1_000_000) + "@example.org</after>"))).isEmpty();
        assertThat(parse(set("<max>1</max>".repeat(10_000)))).isEmpty();
    }

    @Test
    void anotherElementOrAnAttributeIsRefused() throws Exception {
        assertThat(RoomKeysRequest.of(DocumentHelper.parseText("<key xmlns='" + RoomKeysRequest.NAMESPACE + "'/>")
            .getRootElement())).isEmpty();
        assertThat(RoomKeysRequest.of(DocumentHelper.parseText("<keys xmlns='urn:x'/>").getRootElement())).isEmpty();
        assertThat(RoomKeysRequest.of(DocumentHelper.parseText("<keys node='x' xmlns='" + RoomKeysRequest.NAMESPACE + "'/>")
            .getRootElement())).isEmpty();
    }

    private static String set(String content) {
        return "<set xmlns='http://jabber.org/protocol/rsm'>" + content + "</set>";
    }

    private static Optional<RoomKeysRequest> parse(String content) throws Exception {
        return RoomKeysRequest.of(DocumentHelper.parseText("<keys xmlns='" + RoomKeysRequest.NAMESPACE + "'>" + content
            + "</keys>").getRootElement());
    }
}
