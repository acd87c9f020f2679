package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Optional;
import java.util.function.Predicate;
import org.dom4j.Attribute;
import org.dom4j.Element;

/** A request for voice, or its approval (XEP-0045, §7.13 and §8.6): a form whose every field is one of that form. */
final class VoiceRequestRule {

    private static final int MOST_FIELDS = 8;

    private VoiceRequestRule() {
    }

    static boolean applies(Element child) {
        return child.getName().equals("x") && child.getNamespaceURI().equals(Allowlist.DATA_FORM);
    }

    static Optional<Finding> finding(Element form) {
        boolean formType = false;
        boolean fits = form.attributeCount() == 1 && "submit".equals(form.attributeValue("type"))
            && form.nodeCount() <= 2 * MOST_FIELDS;
        for (int i = 0; fits && i < form.nodeCount(); i++) {
            if (form.node(i) instanceof Element field) {
                fits = fits(field);
                formType |= "FORM_TYPE".equals(field.attributeValue("var"));
            } else {
                fits = Nodes.isLayout(form, form.node(i));
            }
        }
        return fits && formType ? Optional.empty()
            : Optional.of(Finding.of(FindingCode.UNEXPECTED_CONTENT, "message/x"));
    }

    private static boolean fits(Element field) {
        if (!isOfForm(field, "field") || field.nodeCount() > MOST_FIELDS) {
            return false;
        }
        for (int i = 0; i < field.attributeCount(); i++) {
            Attribute attribute = field.attribute(i);
            boolean listed = attribute.getNamespaceURI().isEmpty() && switch (attribute.getName()) {
                case "var" -> true;
                case "type" -> Value.WORD.admits(attribute.getValue());
                default -> false;
            };
            if (!listed) {
                return false;
            }
        }
        Optional<Predicate<String>> rule = Optional.ofNullable(field.attributeValue("var"))
            .flatMap(Value::ofVoiceRequestField);
        int values = 0;
        for (int i = 0; i < field.nodeCount(); i++) {
            if (field.node(i) instanceof Element value) {
                values++;
                if (!isOfForm(value, "value") || value.attributeCount() > 0 || !Nodes.isText(value)
                    || rule.isEmpty() || !rule.get().test(value.getText())) {
                    return false;
                }
            } else if (!Nodes.isLayout(field, field.node(i))) {
                return false;
            }
        }
        return values == 1;
    }

    private static boolean isOfForm(Element element, String name) {
        return element.getName().equals(name) && element.getNamespaceURI().equals(Allowlist.DATA_FORM);
    }
}
