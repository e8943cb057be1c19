package io.mhras.migrations.schema.author;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.regex.Pattern;

/**
 * How the names of a set's own schema are written: without it, unless the files there are say it. So they run in any schema.
 *
 * @param isNamed whether it is written
 */
record OwnSchema(boolean isNamed) {

    private static final String PUBLIC = "public";
    private static final Pattern CLASS = Pattern.compile("^'public\\.(.*)'$", Pattern.DOTALL);

    /** As the files have it. */
    static OwnSchema of(MigrationSet files) {
        return new OwnSchema(files.migrations().stream().anyMatch(OwnSchema::names));
    }

    private static boolean names(Migration migration) {
        return migration.up() instanceof MigrationScript script && text(script).contains(PUBLIC + ".");
    }

    private static String text(MigrationScript script) {
        try (Reader reader = script.open();
                StringWriter text = new StringWriter()) {
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    /** A statement that names everything with its schema, as the files have it. */
    String written(String sql) {
        if (isNamed) {
            return sql;
        }
        StringBuilder text = new StringBuilder();
        int copied = 0;
        SqlLexer tokens = SqlStatement.ofText(sql).tokens();
        int schemaAt = -1;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (schemaAt >= 0 && tokens.isPunctuation('.') && tokens.start() == schemaAt + PUBLIC.length()) {
                text.append(sql, copied, schemaAt);
                copied = tokens.start() + 1;
                schemaAt = -1;
            } else if (tokens.kind() == SqlLexer.Kind.WORD
                    && SqlQuote.nameOf(tokens.text()).equals(PUBLIC)
                    && (tokens.start() == 0 || sql.charAt(tokens.start() - 1) != '.')) {
                schemaAt = tokens.start();
            } else {
                schemaAt = -1;
                String string = tokens.text();
                int end = tokens.start() + string.length();
                if (tokens.kind() == SqlLexer.Kind.STRING
                        && sql.startsWith("::regclass", end)
                        && CLASS.matcher(string).matches()) {
                    text.append(sql, copied, tokens.start())
                            .append(CLASS.matcher(string).replaceFirst("'$1'"));
                    copied = end;
                }
            }
        }
        return text.append(sql, copied, sql.length()).toString();
    }
}
