package org.igniterealtime.openfire.plugin.omemo.server;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jivesoftware.util.JiveGlobals;

/**
 * One property of the server with one short value, read whenever it is needed. An operator may have written anything there:
 * each setting says what holds instead of what is no possible value.
 *
 * @param <T> what the value is
 */
public sealed interface Setting<T> {

    /** The name of the property. */
    String property();

    /** What holds where nothing is written. */
    T usual();

    /** The value that a text without space around it stands for; empty if it is no possible one. */
    Optional<T> read(String text);

    /** What holds where this is written, which is no possible value. */
    T instead(String text);

    /** The text that {@link #read} reads. */
    String text(T value);

    /** What is written into the property, without space around it; empty if it is not set. */
    default Optional<String> written() {
        return Optional.ofNullable(JiveGlobals.getProperty(property())).map(String::strip);
    }

    /** What holds now. */
    default T value() {
        return written().map(text -> read(text).orElseGet(() -> instead(text))).orElseGet(this::usual);
    }

    /** A whole number within bounds. Of what is beyond them the nearest holds, and of what is no number the usual one. */
    record Number(String property, Integer usual, int least, int most) implements Setting<Integer> {

        private static final String DIGITS = "0|[1-9][0-9]{0,8}";

        @Override
        public Optional<Integer> read(String text) {
            return Optional.of(text).filter(digits -> digits.matches(DIGITS)).map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
        }

        @Override
        public Integer instead(String text) {
            if (!text.matches("-?[0-9]+")) {
                return usual;
            }
            return new BigInteger(text).max(BigInteger.valueOf(least)).min(BigInteger.valueOf(most)).intValue();
        }

        @Override
        public String text(Integer value) {
            return value.toString();
        }
    }

    /** Yes or no; whatever is not clearly a yes is a no. */
    record Switch(String property, Boolean usual) implements Setting<Boolean> {

        @Override
        public Optional<Boolean> read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public Boolean instead(String text) {
            return false;
        }

        @Override
        public String text(Boolean value) {
            return value.toString();
        }
    }

    /**
     * One of a few words.
     *
     * @param strictest holds where something else is written
     */
    record Choice<E extends Enum<E>>(String property, E usual, E strictest) implements Setting<E> {

        /** All that can be chosen, as they are written. */
        public List<String> words() {
            return values().stream().map(this::text).toList();
        }

        private List<E> values() {
            return Arrays.asList(usual.getDeclaringClass().getEnumConstants());
        }

        @Override
        public Optional<E> read(String text) {
            return values().stream().filter(value -> text(value).equals(text)).findFirst();
        }

        @Override
        public E instead(String text) {
            return strictest;
        }

        @Override
        public String text(E value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A label of a domain. What is none is not replaced: whoever needs the label finds that there is none. */
    record Label(String property, String usual) implements Setting<String> {

        @Override
        public Optional<String> read(String text) {
            return Optional.of(text).filter(label -> new BotName(label).isValid());
        }

        @Override
        public String instead(String text) {
            return text;
        }

        @Override
        public String text(String value) {
            return value;
        }
    }
}
