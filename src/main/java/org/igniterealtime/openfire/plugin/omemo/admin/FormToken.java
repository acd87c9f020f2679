package org.igniterealtime.openfire.plugin.omemo.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jivesoftware.util.CookieUtils;
import org.jivesoftware.util.StringUtils;

/**
 * The console's protection against requests forged by other sites: a random word in a cookie, which forms repeat. All
 * pages share the cookie; ours keep one that is there, so that two of them can be open at a time.
 */
final class FormToken {

    private static final String NAME = "csrf";
    private static final int LENGTH = 15;

    private FormToken() {
    }

    /** Whether a form has repeated the cookie. */
    static boolean isIn(HttpServletRequest request) {
        Cookie cookie = CookieUtils.getCookie(request, NAME);
        String repeated = request.getParameter(NAME);
        return cookie != null && isToken(cookie.getValue()) && repeated != null
            && MessageDigest.isEqual(bytes(cookie.getValue()), bytes(repeated));
    }

    /** The word for the forms of this page, which is in the cookie from now on. */
    static String of(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = CookieUtils.getCookie(request, NAME);
        if (cookie != null && isToken(cookie.getValue())) {
            return cookie.getValue();
        }
        String token = StringUtils.randomString(LENGTH);
        CookieUtils.setCookie(request, response, NAME, token, -1);
        return token;
    }

    private static boolean isToken(String text) {
        return text != null && text.matches("[A-Za-z0-9]{" + LENGTH + ",64}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
