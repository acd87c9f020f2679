package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** The fields of a data form that say which policy a room has, or is to have: one for the mode, one for the families. */
public final class PolicyFields {

    /** The namespace of the fields, in Clark's notation in front of their names (XEP-0128). */
    private static final String PREFIX = "{urn:igniterealtime:openfire:omemo:0}";
    private static final String MODE = PREFIX + "mode";
    private static final String FAMILIES = PREFIX + "families";

    /** A policy that is asked for. */
    public record Wish(Mode mode, Set<Family> families) {
    }

    private final Element form;

    PolicyFields(Element form) {
        this.form = form;
    }

    /** Those of a form of any kind. */
    public static PolicyFields in(Element form) {
        return new PolicyFields(form);
    }

    /** Whether the form has any. */
    public boolean exist() {
        return !ours().isEmpty();
    }

    /**
     * What they ask for; what a form does not say stays as it is.
     *
     * @param now the policy as it is
     * @return empty if they cannot be understood
     */
    public Optional<Wish> wish(Policy now) {
        List<Element> modes = fields(MODE);
        List<Element> families = fields(FAMILIES);
        if (modes.size() > 1 || families.size() > 1) {
            return Optional.empty();
        }
        Optional<Mode> mode = modes.isEmpty() ? Optional.of(now.mode()) : mode(values(modes.get(0)));
        Optional<Set<Family>> accepted =
            families.isEmpty() ? Optional.of(now.families()) : families(values(families.get(0)));
        return mode.isPresent() && accepted.isPresent()
            ? Optional.of(new Wish(mode.get(), accepted.get())) : Optional.empty();
    }

    private static Optional<Mode> mode(List<String> values) {
        for (Mode mode : Mode.values()) {
            if (values.equals(List.of(word(mode)))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    private static Optional<Set<Family>> families(List<String> values) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (String value : values) {
            Optional<Family> family = Family.ofNamespace(value);
            if (family.isEmpty()) {
                return Optional.empty();
            }
            families.add(family.get());
        }
        return Optional.of(families).filter(accepted -> !accepted.isEmpty());
    }

    /** Takes them out of the form. */
    public void remove() {
        ours().forEach(form::remove);
    }

    /** Adds them to a form that asks an owner, as far as there is something to choose. */
    public void offer(Policy now, Policy operators, OwnerBounds bounds, Texts texts) {
        if (bounds.modes(operators).size() > 1) {
            Element field = field(MODE, "list-single").addAttribute("label", texts.text("form.mode"));
            bounds.modes(operators).forEach(mode -> option(field, texts.text("form.mode." + word(mode)), word(mode)));
            field.addElement("value").setText(word(now.mode()));
        }
        if (bounds.leavesChoice() && bounds.families(operators).size() > 1) {
            Element field = field(FAMILIES, "list-multi").addAttribute("label", texts.text("form.families"));
            bounds.families(operators).stream().sorted()
                .forEach(family -> option(field, "OMEMO " + family.label(), family.namespace()));
            values(field, now.families());
        }
    }

    /** Adds them to a form that tells everybody. */
    public void announce(Policy now) {
        field(MODE, "text-single").addElement("value").setText(word(now.mode()));
        values(field(FAMILIES, "text-multi"), now.families());
    }

    private static void option(Element field, String label, String value) {
        field.addElement("option").addAttribute("label", label).addElement("value").setText(value);
    }

    private static void values(Element field, Set<Family> families) {
        families.stream().sorted().forEach(family -> field.addElement("value").setText(family.namespace()));
    }

    private Element field(String name, String type) {
        return form.addElement("field").addAttribute("var", name).addAttribute("type", type);
    }

    private static List<String> values(Element field) {
        return field.elements("value").stream().map(Element::getTextTrim).toList();
    }

    private List<Element> ours() {
        return form.elements("field").stream()
            .filter(field -> field.attributeValue("var", "").startsWith(PREFIX)).toList();
    }

    private List<Element> fields(String name) {
        return ours().stream().filter(field -> name.equals(field.attributeValue("var"))).toList();
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
