package io.mhras.migrations.postgresql.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL of ours that is long enough for a file of its own, with names such as {@code @table} where something is to be put in. */
public record SqlTemplate(String text) {

    private static final Pattern NAME = Pattern.compile("@([a-z]+)");

    /** Reads the file of this name beside a type. */
    public static SqlTemplate of(Class<?> beside, String name) {
        try (InputStream file = Objects.requireNonNull(beside.getResourceAsStream(name + ".sql"), name)) {
            return new SqlTemplate(new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its text with these values, which are SQL already. */
    public String with(Map<String, String> values) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(name.group(1)))));
    }

    /** The same as a statement that runs it. */
    public String block(Map<String, String> values) {
        return "DO " + SqlQuote.dollarQuoted("mhras", "\n" + with(values)) + ";";
    }
}
