package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import org.dom4j.Element;
import org.jivesoftware.admin.AdminConsole;
import org.jivesoftware.util.StringUtils;

/**
 * Puts plugins' pages into a frame with the tabs and the sidebar that Openfire has made of the plugins' {@code plugin.xml}:
 * what Openfire's decorator does in its own console, with the same ids.
 */
public final class ConsoleFrame implements Filter {

    private static final String FRAME = """
        <!DOCTYPE html>
        <html><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Openfire: %s</title><link rel="icon" href="data:,">
        <style>body { margin: 0; font: 12px Arial, sans-serif; } #jive-nav, #jive-sidebar { background: #eee; padding: 8px; }
        #jive-nav a, #jive-sidebar a { margin-right: 1em; } #jive-sidebar a { display: block; } .currentlink { font-weight: bold; }
        #jive-content { padding: 0 15px; } #jive-main > table { width: 100%%; } td { vertical-align: top; }</style>
        %s</head>
        <body id="jive-body"><div id="main"><div id="jive-nav">%s</div>
        <div id="jive-main"><table><tbody><tr><td style="width: 1%%"><div id="jive-sidebar">%s</div></td>
        <td id="jive-content"><h1>%s</h1><div id="jive-main-content">%s</div></td></tr></tbody></table></div></div></body></html>
        """;

    @Override
    public void init(FilterConfig config) {
        // There is nothing to be set.
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
        String path = ((HttpServletRequest) request).getRequestURI();
        if (!path.startsWith("/plugins/") || !path.endsWith(".jsp")) {
            chain.doFilter(request, response);
            return;
        }
        Page page = new Page((HttpServletResponse) response);
        chain.doFilter(request, page);
        page.flush();
        String html = page.text.toString();
        if (!html.isBlank()) {
            response.getWriter().write(framed(html));
        }
    }

    @Override
    public void destroy() {
        // There is nothing to be given back.
    }

    private static String framed(String html) {
        String head = part(html, "(?s)<head>(.*?)</head>");
        String title = part(head, "(?s)<title>(.*?)</title>");
        String id = part(head, "<meta name=\"pageID\" content=\"(.*?)\">");
        Element item = AdminConsole.getElemnetByID(id);
        Element tab = item == null ? null : item.getParent().getParent();
        return FRAME.formatted(title, head.replaceFirst("(?s)<title>.*?</title>", ""),
            links(AdminConsole.getModel().selectNodes("//tab[starts-with(@url, 'plugins/')]"), tab),
            tab == null ? "" : links(tab.selectNodes("sidebar/item"), item), title,
            part(html, "(?s)<body>(.*)</body>"));
    }

    private static String links(List<?> elements, Element current) {
        StringBuilder links = new StringBuilder();
        for (Object one : elements) {
            Element element = (Element) one;
            String text = AdminConsole.getAdminText(element.attributeValue("name"), element.attributeValue("plugin"));
            links.append("<a href=\"/%s\"%s>%s</a>".formatted(element.attributeValue("url"),
                element == current ? " class=\"currentlink\"" : "", StringUtils.escapeForXML(text)));
        }
        return links.toString();
    }

    private static String part(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Holds back what a page writes. */
    private static final class Page extends HttpServletResponseWrapper {

        private final CharArrayWriter text = new CharArrayWriter();
        private final PrintWriter writer = new PrintWriter(text);

        Page(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            return writer;
        }

        @Override
        public void flushBuffer() {
            // The frame is written when the page is complete.
        }

        void flush() {
            writer.flush();
        }
    }
}
