package org.igniterealtime.openfire.plugin.omemo.admin;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.LocaleUtils;

/** Times, numbers and texts as the console's language writes them. */
final class Written {

    private Written() {
    }

    /** A date and a time, in the time zone of the console. */
    static String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(JiveGlobals.getLocale())
            .withZone(JiveGlobals.getTimeZone().toZoneId()).format(instant);
    }

    static String number(long number) {
        return NumberFormat.getIntegerInstance(JiveGlobals.getLocale()).format(number);
    }

    /** A short time, in milliseconds. */
    static String duration(Duration duration) {
        return number(duration.toMillis()) + " ms";
    }

    /** One of the plugin's texts. */
    static String text(String key) {
        return LocaleUtils.getLocalizedString(key, "omemo");
    }
}
