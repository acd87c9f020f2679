package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Attribute;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Node;
import org.dom4j.QName;
import org.dom4j.tree.BaseElement;
import org.igniterealtime.openfire.plugin.omemo.keys.XmlText;

/**
 * A stanza whose child is there as text, in the form in which it goes to the wire: Openfire writes a stanza by asking its
 * element for {@link #asXML()}, and keeps a copy of it for stream management (XEP-0198). Neither makes a tree of the text.
 * Whoever looks inside gets one; from then on it is an element like any other.
 */
final class WireElement extends BaseElement {

    private static final long serialVersionUID = 1L;

    /** The child; null as soon as there is a tree. */
    private String child;

    /** @param child one well-formed element that declares its namespace */
    WireElement(QName name, String child) {
        super(name);
        this.child = child;
    }

    @Override
    public String asXML() {
        if (child == null) {
            return super.asXML();
        }
        StringBuilder xml = new StringBuilder(child.length() + 256).append('<').append(getQualifiedName());
        for (int i = 0; i < attributeCount(); i++) {
            Attribute attribute = attribute(i);
            xml.append(' ').append(attribute.getQualifiedName()).append("=\"")
                .append(XmlText.attribute(attribute.getValue())).append('"');
        }
        return xml.append('>').append(child).append("</").append(getQualifiedName()).append('>').toString();
    }

    @Override
    public Element createCopy() {
        if (child == null) {
            return super.createCopy();
        }
        WireElement copy = new WireElement(getQName(), child);
        copy.appendAttributes(this);
        return copy;
    }

    /** When it routes a stanza, Openfire looks for {@code <private/>} (XEP-0280) in it: up to 4.9 in this way. */
    @Override
    public Element element(QName name) {
        return child != null && !hasName(child, name.getName()) ? null : super.element(name);
    }

    /** Same, since 5.0. */
    @Override
    public List<Element> elements(QName name) {
        return child != null && !hasName(child, name.getName()) ? new ArrayList<>() : super.elements(name);
    }

    /** Where there is no tree, nothing that anybody holds is in it. Openfire 4.2 removes null. */
    @Override
    public boolean remove(Element element) {
        return child == null && super.remove(element);
    }

    /** Whether this may be the local name of the outermost element. */
    private static boolean hasName(String xml, String name) {
        int end = 1;
        int start = 1;
        while (end < xml.length() && " \t\r\n/>".indexOf(xml.charAt(end)) < 0) {
            if (xml.charAt(end++) == ':') {
                start = end;
            }
        }
        return xml.regionMatches(start, name, 0, Math.max(name.length(), end - start));
    }

    @Override
    protected List<Node> contentList() {
        if (child != null) {
            String text = child;
            child = null;
            try {
                add(DocumentHelper.parseText(text).getRootElement().detach());
            } catch (DocumentException e) {
                throw new IllegalStateException("The stored answer is not well-formed", e);
            }
        }
        return super.contentList();
    }

    @Override
    public void clearContent() {
        child = null;
        super.clearContent();
    }

    @Override
    public void setContent(List<Node> content) {
        child = null;
        super.setContent(content);
    }
}
