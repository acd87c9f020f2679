package org.igniterealtime.openfire.plugin.omemo.verdicts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One row of {@code policy/verdicts.txt}: a message, and what an encrypted room's policy makes of it. The same rows are
 * judged in a unit test and sent through a real server.
 */
public record VerdictRow(String name, String policy, boolean toOccupant, String from, String verdict,
                         List<String> findings, boolean onWire, String message) {

    /** What no message that an enforced room gets may contain. */
    public static final String MARKER = "LEAK";

    private static final Pattern MACRO = Pattern.compile("\\{(\\w+)(?::(\\d+))?}");
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[150]);
    private static final String KEYS = "<keys jid='bob@example.org'><key rid='2'>" + KEY + "</key></keys>";
    private static final String BLOCK = Base64.getEncoder().encodeToString(new byte[16]);

    /** All rows, written for one sender. */
    public static List<VerdictRow> load(String sender, String domain) {
        Map<String, IntFunction<String>> macros = macros(sender, domain);
        List<VerdictRow> rows = new ArrayList<>();
        Map<String, String> row = new HashMap<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("== ")) {
                row.clear();
                row.put("name", line.substring(3));
            } else if (line.startsWith("<")) {
                row.put("message", expand(line, macros));
                rows.add(of(row, macros));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(": ");
                row.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return rows;
    }

    private static VerdictRow of(Map<String, String> row, Map<String, IntFunction<String>> macros) {
        String[] verdict = row.get("verdict").split(" ", 2);
        return new VerdictRow(row.get("name"), expand(row.getOrDefault("policy", "enforce"), macros),
            row.getOrDefault("to", "room").equals("occupant"), row.getOrDefault("from", "member"), verdict[0],
            verdict.length < 2 ? List.of() : List.of(verdict[1].split(", ")),
            !row.getOrDefault("wire", "yes").equals("no"), row.get("message"));
    }

    private static Map<String, IntFunction<String>> macros(String sender, String domain) {
        String payload = "<payload>" + BLOCK + "</payload>";
        return Map.of(
            "sender", n -> sender,
            "domain", n -> domain,
            "key", n -> KEY,
            "omemo1", n -> encrypted("urn:xmpp:omemo:1", KEYS, payload),
            "omemo2", n -> encrypted("urn:xmpp:omemo:2", KEYS, payload),
            "legacy", n -> encrypted("eu.siacs.conversations.axolotl",
                "<key rid='2' prekey='true'>" + KEY + "</key><iv>AAAAAAAAAAAAAAAA</iv>", payload),
            "keys", n -> encrypted("urn:xmpp:omemo:1", IntStream.rangeClosed(1, n)
                .mapToObj(rid -> "<key rid='" + rid + "'>" + Base64.getEncoder().encodeToString(new byte[32]) + "</key>")
                .collect(Collectors.joining("", "<keys jid='bob@example.org'>", "</keys>")), payload),
            "text", "x"::repeat,
            "address", ("<address type='to' jid='someone@example.org/" + "x".repeat(100) + "'/>")::repeat,
            "many", "<active xmlns='http://jabber.org/protocol/chatstates'/>"::repeat);
    }

    private static String encrypted(String namespace, String keys, String payload) {
        return "<encrypted xmlns='" + namespace + "'><header sid='1'>" + keys + "</header>" + payload + "</encrypted>";
    }

    private static String expand(String text, Map<String, IntFunction<String>> macros) {
        return MACRO.matcher(text).replaceAll(match -> macros.get(match.group(1)).apply(number(match)));
    }

    private static int number(MatchResult match) {
        return match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
    }

    private static String text() {
        try (var stream = VerdictRow.class.getResourceAsStream("/policy/verdicts.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
