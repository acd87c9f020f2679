package org.igniterealtime.openfire.plugin.omemo.policy;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** What people read, in their language where the plugin speaks it, else in English. */
public final class Texts {

    private static final Control WITHOUT_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
    /** Loaded once: a language comes from the stanza, and nobody may make us look for bundles without end. */
    private static final Texts ENGLISH = new Texts(Locale.ROOT);
    private static final Map<String, Texts> OTHERS = Map.of("de", new Texts(Locale.GERMAN));

    private final ResourceBundle bundle;

    private Texts(Locale language) {
        bundle = ResourceBundle.getBundle("omemo_i18n", language, Texts.class.getClassLoader(), WITHOUT_FALLBACK);
    }

    /** The texts for a reader of this language. */
    public static Texts in(Locale language) {
        return OTHERS.getOrDefault(language.getLanguage(), ENGLISH);
    }

    /** The language that these texts are really in, as a tag for {@code xml:lang}. */
    public String language() {
        return bundle.getLocale().equals(Locale.ROOT) ? "en" : bundle.getLocale().toLanguageTag();
    }

    /** What stands in for the body of an encrypted message. */
    String encryptedFallback() {
        return bundle.getString("fallback.encrypted");
    }

    /** What stands in for the body of a retraction. */
    String retractionFallback() {
        return bundle.getString("fallback.retraction");
    }

    /** What a sender is told whose message was refused. */
    public String refusal(Finding finding) {
        return bundle.getString("refused") + ' ' + explanation(finding);
    }

    /** What a sender is told whose message would be refused, were the policy enforced. */
    public String warning(Finding finding) {
        return bundle.getString("warned") + ' ' + explanation(finding);
    }

    /** What an owner is told whose configuration of a room was refused. */
    public String refusedConfiguration(Finding finding) {
        return bundle.getString("refused.configuration") + ' ' + explanation(finding);
    }

    /** What is told to someone who enters a room and has no device for it. */
    public String withoutDevice(Set<Family> accepted) {
        return MessageFormat.format(bundle.getString("entry.without-device"),
            accepted.stream().sorted().map(Family::label).collect(Collectors.joining(", ")));
    }

    /** A text without words to fill in. */
    String text(String key) {
        return bundle.getString(key);
    }

    /** What was found, with the numbers behind it. */
    public String explanation(Finding finding) {
        MessageFormat format =
            new MessageFormat(bundle.getString("finding." + finding.code().code()), bundle.getLocale());
        return format.format(new Object[] {finding.where(), finding.value().orElse(0), finding.limit().orElse(0),
            finding.about().stream().map(BareJid::toString).collect(Collectors.joining(", "))});
    }

    /** What admins are told when the plugin could not start as a whole. */
    public String cannotStart(boolean areRoomsGuarded) {
        return bundle.getString(areRoomsGuarded ? "alarm.start.guarded" : "alarm.start.unguarded");
    }

    /** What a plan brings within the next days; empty if that is nothing. */
    public Optional<String> ahead(Plan plan, LocalDate today) {
        List<String> steps = new ArrayList<>();
        step("plan.warn-from", plan.warnFrom(), today).ifPresent(steps::add);
        step("plan.enforce-from", plan.enforceFrom(), today).ifPresent(steps::add);
        step("plan.legacy-until", plan.legacyUntil(), today).ifPresent(steps::add);
        return steps.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", steps));
    }

    private Optional<String> step(String key, Optional<LocalDate> day, LocalDate today) {
        return day.filter(date -> !date.isBefore(today) && !date.minusDays(Plan.DAYS_AHEAD).isAfter(today))
            .map(date -> MessageFormat.format(bundle.getString(key), date.format(
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.forLanguageTag(language())))));
    }
}
