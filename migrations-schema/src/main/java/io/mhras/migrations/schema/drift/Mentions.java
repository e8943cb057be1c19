package io.mhras.migrations.schema.drift;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.schema.drift.AppliedScripts.Applied;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which migrations mention which names, wherever in their statements; rows are not looked at. */
final class Mentions {

    private final Map<String, Set<Applied>> byName = new HashMap<>();
    private final Set<String> wanted;

    /** @param names that are looked for */
    Mentions(List<Applied> applied, Set<String> names) {
        this.wanted = names;
        for (Applied one : applied) {
            if (one.body() instanceof MigrationScript script) {
                read(script, one);
            }
        }
    }

    private void read(MigrationScript script, Applied applied) {
        try (Reader text = script.open()) {
            SqlScript statements = new SqlScript(text);
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                if (next.kind() == SqlStatement.Kind.SQL) {
                    read(next.tokens(), applied);
                }
            }
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    private void read(SqlLexer tokens, Applied applied) {
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            switch (tokens.kind()) {
                case WORD, QUOTED_IDENTIFIER -> mention(SqlQuote.nameOf(tokens.text()), applied);
                case STRING, DOLLAR_STRING -> {
                    // A body, or SQL that it puts together.
                    String text = tokens.text();
                    String inside =
                            text.replaceFirst("^(\\$\\w*\\$|\\w*&?')", "").replaceFirst("(\\$\\w*\\$|')$", "");
                    if (inside.length() < text.length()) {
                        read(SqlStatement.ofText(inside).tokens(), applied);
                    }
                }
                default -> {}
            }
        }
    }

    private void mention(String name, Applied applied) {
        if (wanted.contains(name)) {
            byName.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(applied);
        }
    }

    /** Those that mention a name, in the order in which they were applied. */
    List<Applied> of(String name) {
        return List.copyOf(byName.getOrDefault(name, Set.of()));
    }
}
