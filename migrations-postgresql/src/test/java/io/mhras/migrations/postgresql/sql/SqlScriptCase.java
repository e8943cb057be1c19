package io.mhras.migrations.postgresql.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script and the items it is split into, each as {@code line:column text}, with a semicolon where one ended it.
 *
 * <p>In the files a case is {@code == title}, the script, {@code =>} and the items. Control characters have symbols there;
 * a line end that is not to be one of the file is {@code ⏎}, a blank at a line's end {@code ␠}.
 */
record SqlScriptCase(String title, String script, List<String> items) {

    private static final String SYMBOLS = "⏎␍␌␋␀␉⇤␠";
    private static final String CHARACTERS = "\n\r\f\u000B\u0000\t\uFEFF ";

    static Stream<String> topics() {
        return Stream.of(
                "strings",
                "dollar-quotes",
                "identifiers",
                "comments",
                "operators-and-numbers",
                "nesting",
                "whitespace",
                "unclosed",
                "copy",
                "meta-commands");
    }

    static Stream<SqlScriptCase> all() {
        return topics().flatMap(SqlScriptCase::of);
    }

    static Stream<SqlScriptCase> of(String topic) {
        return Arrays.stream(("\n" + resource(topic)).split("\n== ")).skip(1).map(SqlScriptCase::parse);
    }

    private static SqlScriptCase parse(String block) {
        int script = block.indexOf('\n') + 1;
        int items = block.indexOf("\n=>\n", script - 1);
        return new SqlScriptCase(
                block.substring(0, script - 1),
                real(block.substring(Math.min(script, items), items)),
                block.substring(items + 4)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    static List<String> render(SqlStatement item) {
        if (item.kind() == SqlStatement.Kind.META_COMMAND) {
            return List.of(item.position() + " meta " + visible(item.text()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(visible(item.position() + " " + item.text() + (item.terminated() ? ";" : "")));
        SqlStatement.Unclosed unclosed = item.unclosed();
        if (unclosed != null) {
            lines.add("unclosed " + unclosed.position() + " " + unclosed.what());
        }
        return lines;
    }

    static String visible(String text) {
        String visible = text;
        for (int i = 0; i < SYMBOLS.length() - 1; i++) {
            visible = visible.replace(CHARACTERS.charAt(i), SYMBOLS.charAt(i));
        }
        return visible;
    }

    private static String real(String text) {
        String real = text;
        for (int i = 0; i < SYMBOLS.length(); i++) {
            real = real.replace(SYMBOLS.charAt(i), CHARACTERS.charAt(i));
        }
        return real;
    }

    private static String resource(String topic) {
        try (InputStream file = SqlScriptCase.class.getResourceAsStream("splitter/" + topic + ".txt")) {
            if (file == null) {
                throw new IllegalArgumentException("No such topic: " + topic);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
