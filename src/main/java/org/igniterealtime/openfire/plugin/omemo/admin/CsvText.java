package org.igniterealtime.openfire.plugin.omemo.admin;

/** A text as a cell of CSV (RFC 4180) that no spreadsheet takes for a formula. */
final class CsvText {

    /** What a formula begins with, or what spreadsheets pass over before one. */
    private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private CsvText() {
    }

    /** With its quotation marks; before what could be a formula stands an apostrophe. */
    static String of(String text) {
        String safe = !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
