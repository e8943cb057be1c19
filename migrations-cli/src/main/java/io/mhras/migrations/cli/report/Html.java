package io.mhras.migrations.cli.report;

import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Text of an HTML page, in which whatever comes from elsewhere is escaped. */
final class Html {

    private final StringBuilder text = new StringBuilder();

    /** A page with this title, up to the beginning of its body; it has nothing in it from elsewhere. */
    Html begin(String title) {
        return raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", "", title)
                .raw("\n<style>\n" + style() + "</style>\n</head>\n<body>\n");
    }

    private static String style() {
        try (InputStream file = Html.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is HTML already. */
    Html raw(String html) {
        text.append(html);
        return this;
    }

    Html escaped(String words) {
        text.append(escape(words));
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String name, String style, String words) {
        return raw("<" + name + (style.isEmpty() ? "" : " class=\"" + style + "\"") + ">")
                .escaped(words)
                .raw("</" + name + ">");
    }

    /** One with its titles; the rows follow, and {@link #endTable()}. */
    Html table(List<Column> columns) {
        raw("<div class=\"scroll\"><table><thead><tr>");
        columns.forEach(column -> raw("<th scope=\"col\" class=\"" + column.style() + "\">")
                .escaped(column.title())
                .raw("</th>"));
        return raw("</tr></thead><tbody>\n");
    }

    Html row(List<Column> columns, String... cells) {
        raw("<tr>");
        for (int i = 0; i < cells.length; i++) {
            element("td", columns.get(i).style(), cells[i]);
        }
        return raw("</tr>\n");
    }

    Html endTable() {
        return raw("</tbody></table></div>\n");
    }

    /**
     * A column.
     *
     * @param style {@code number}, {@code plain} for what is not to be wrapped, {@code lines} for what has lines, or empty
     */
    record Column(String title, String style) {

        static Column number(String title) {
            return new Column(title, "number");
        }

        static Column plain(String title) {
            return new Column(title, "plain");
        }

        /** Its line ends and its indents are to be seen, as those below which a caret stands. */
        static Column lines(String title) {
            return new Column(title, "lines");
        }

        static Column words(String title) {
            return new Column(title, "");
        }
    }

    static String escape(String words) {
        return VisibleText.of(words)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
