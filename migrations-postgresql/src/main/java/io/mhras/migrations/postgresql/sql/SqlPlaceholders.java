package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage.Placeholder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what stands in a statement as placeholders do. */
final class SqlPlaceholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.:-]+)}");

    private SqlPlaceholders() {}

    static void addFrom(SqlStatement statement, MigrationScript script, List<Placeholder> found) {
        String text = statement.text();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        SqlLexer tokens = statement.tokens();
        while (placeholder.find()) {
            // It is several tokens by itself, or a part of one.
            while (tokens.end() <= placeholder.start() && tokens.next() != SqlLexer.Kind.END) {}
            if (!tokens.kind().isBlank() && tokens.kind() != SqlLexer.Kind.DOLLAR_STRING) {
                SqlPosition place = statement.locate(text.codePointCount(0, placeholder.start()) + 1);
                found.add(new Placeholder(placeholder.group(1), place.in(script)));
            }
        }
    }
}
