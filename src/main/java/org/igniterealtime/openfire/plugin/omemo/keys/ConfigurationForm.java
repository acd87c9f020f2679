package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;

/**
 * The data form (XEP-0004) of publish options or of a node's configuration, made such that every Openfire reads it: none
 * knows {@code max}, which XEP-0060 gives as a number of items, and 4.2 knows {@code 1} and {@code 0} alone as booleans.
 */
public final class ConfigurationForm {

    public static final String ACCESS_MODEL = "pubsub#access_model";
    public static final String PERSIST_ITEMS = "pubsub#persist_items";
    public static final String MAX_ITEMS = "pubsub#max_items";

    private static final String MAX = "max";
    private static final Set<String> BOOLEANS = Set.of(PERSIST_ITEMS, "pubsub#deliver_payloads",
        "pubsub#deliver_notifications", "pubsub#notify_config", "pubsub#notify_delete", "pubsub#notify_retract",
        "pubsub#notify_sub", "pubsub#presence_based_delivery", "pubsub#subscribe", "pubsub#purge_offline",
        "pubsub#subscription_required");

    private final Element form;

    /** @param form an {@code <x xmlns='jabber:x:data'/>} */
    public ConfigurationForm(Element form) {
        this.form = form;
    }

    /** The only value of a field, if the form has the field once and with one value. */
    public Optional<String> value(String field) {
        Element found = null;
        for (int i = 0; i < form.nodeCount(); i++) {
            if (form.node(i) instanceof Element child && field.equals(child.attributeValue("var"))) {
                if (found != null) {
                    return Optional.empty();
                }
                found = child;
            }
        }
        return Optional.ofNullable(found).flatMap(ConfigurationForm::onlyValue).map(Element::getTextTrim);
    }

    /**
     * What the form asks for beside the three fields on which OMEMO depends: the booleans, as every Openfire reads them.
     * The form is a normalised one.
     */
    public Map<String, String> otherBooleans() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : BOOLEANS) {
            value(field).filter(value -> !field.equals(PERSIST_ITEMS) && (value.equals("0") || value.equals("1")))
                .ifPresent(value -> fields.put(field, value));
        }
        return fields;
    }

    /**
     * Rewrites the form in place.
     *
     * @param mostItems what stands for {@code max}, and for numbers that Openfire cannot read because they are larger
     *                  than 2^31-1
     */
    public void normalise(int mostItems) {
        for (int i = 0; i < form.nodeCount(); i++) {
            if (form.node(i) instanceof Element field && field.getName().equals("field")) {
                String name = field.attributeValue("var", "");
                onlyValue(field).ifPresent(value -> normalise(name, value, mostItems));
            }
        }
    }

    private static void normalise(String field, Element value, int mostItems) {
        String text = value.getTextTrim();
        if (field.equals(MAX_ITEMS) && (text.equals(MAX) || isTooLarge(text))) {
            value.setText(Integer.toString(mostItems));
        } else if (BOOLEANS.contains(field) && text.equals("true")) {
            value.setText("1");
        } else if (BOOLEANS.contains(field) && text.equals("false")) {
            value.setText("0");
        }
    }

    private static boolean isTooLarge(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) > Integer.MAX_VALUE : text.matches("[0-9]{19,1000}");
    }

    private static Optional<Element> onlyValue(Element field) {
        Element value = null;
        for (int i = 0; i < field.nodeCount(); i++) {
            if (field.node(i) instanceof Element child && child.getName().equals("value")) {
                if (value != null) {
                    return Optional.empty();
                }
                value = child;
            }
        }
        return Optional.ofNullable(value);
    }
}
