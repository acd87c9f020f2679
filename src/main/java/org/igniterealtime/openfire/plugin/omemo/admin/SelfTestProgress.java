package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** How far the newest self-test has come, as JSON for the script of its page. Openfire asks for a login first. */
public final class SelfTestProgress extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(Console.running().bots().selfTests().last().map(SelfTestRow::of)
            .map(SelfTestProgress::json).orElse("{\"running\":false,\"done\":0,\"steps\":[]}"));
    }

    private static String json(SelfTestRow run) {
        return "{\"running\":" + run.running() + ",\"done\":" + run.done() + ",\"steps\":"
            + run.steps().stream().map(SelfTestProgress::json).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static String json(SelfTestRow.Step step) {
        return "{\"code\":" + JsonText.of(step.code()) + ",\"verdict\":" + JsonText.of(step.verdict()) + ",\"text\":"
            + JsonText.of(Written.text("console.selftest.verdict." + step.verdict())) + ",\"duration\":"
            + JsonText.of(step.duration()) + ",\"seen\":" + JsonText.of(step.seen()) + "}";
    }
}
