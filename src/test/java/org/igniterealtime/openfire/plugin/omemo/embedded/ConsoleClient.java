package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody who uses the admin console without a browser. Follows no redirect, and keeps cookies. */
public final class ConsoleClient {

    private final String address;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

    /** Nobody in particular: not logged in. */
    public ConsoleClient(EmbeddedOpenfire server) {
        address = "http://127.0.0.1:" + server.adminPort();
    }

    /** Logs in as the admin. */
    public ConsoleClient login() {
        HttpResponse<String> response = send(request("/login.jsp").POST(form(
            Map.of("username", "admin", "password", EmbeddedOpenfire.ADMIN_PASSWORD))));
        if (response.statusCode() != 302) {
            throw new IllegalStateException("Login failed: " + response.statusCode() + response.body());
        }
        return this;
    }

    /** @param path with query */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form as it is. */
    public HttpResponse<String> post(String path, Map<String, String> form) {
        return send(request(path).POST(form(form)));
    }

    /** Sends another request. */
    public HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** The cookie of this name; null if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals(name))
            .map(HttpCookie::getValue).findFirst().orElse(null);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.header("Content-Type", "application/x-www-form-urlencoded").build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher form(Map<String, String> form) {
        return HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
            .map(field -> encode(field.getKey()) + '=' + encode(field.getValue())).collect(Collectors.joining("&")));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
