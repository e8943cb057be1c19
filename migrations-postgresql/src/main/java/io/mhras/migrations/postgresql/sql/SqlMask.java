package io.mhras.migrations.postgresql.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL as it may be shown: without the values in it, which can be user data or a password. */
public final class SqlMask {

    private static final Pattern COPY_DATA = Pattern.compile(
            "(\\bcopy\\b[^;]*?\\bfrom\\s+stdin\\b[^;]*;[^\\n]*\\n)(.*?)(?=\\n\\\\\\.|\\z)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SqlMask() {}

    /** The text with a question mark for each string and number. Of a text that was cut off, too. */
    public static @Nullable String of(@Nullable String sql) {
        if (sql == null) {
            return null;
        }
        StringBuilder shown = new StringBuilder();
        SqlLexer tokens = new SqlLexer(sql, SqlLexer.Strings.STANDARD);
        while (tokens.next() != SqlLexer.Kind.END) {
            switch (tokens.kind()) {
                case STRING, DOLLAR_STRING, NUMBER -> shown.append('?');
                case LINE_COMMENT, BLOCK_COMMENT -> shown.append(' ');
                default -> shown.append(tokens.text());
            }
        }
        return shown.toString();
    }

    /** The same of a whole script, which keeps its lines; of a function's body, what is in it. */
    static String ofScript(String sql) {
        StringBuilder shown = new StringBuilder();
        SqlLexer tokens = new SqlLexer(
                COPY_DATA
                        .matcher(sql)
                        .replaceAll(copy -> Matcher.quoteReplacement(copy.group(1) + lines(copy.group(2)))),
                SqlLexer.Strings.STANDARD);
        while (tokens.next() != SqlLexer.Kind.END) {
            String text = tokens.text();
            switch (tokens.kind()) {
                case STRING, NUMBER -> shown.append('?').append(lineBreaks(text));
                case DOLLAR_STRING -> shown.append(ofBody(text));
                case LINE_COMMENT, BLOCK_COMMENT -> shown.append(' ').append(lineBreaks(text));
                default -> shown.append(text);
            }
        }
        return shown.toString();
    }

    private static String ofBody(String quoted) {
        String tag = quoted.substring(0, quoted.indexOf('$', 1) + 1);
        return quoted.length() < 2 * tag.length()
                ? "?" + lineBreaks(quoted)
                : tag + ofScript(quoted.substring(tag.length(), quoted.length() - tag.length())) + tag;
    }

    private static String lines(String data) {
        return data.replaceAll("[^\\n]+", "?");
    }

    private static String lineBreaks(String text) {
        return text.replaceAll("[^\\n]", "");
    }
}
