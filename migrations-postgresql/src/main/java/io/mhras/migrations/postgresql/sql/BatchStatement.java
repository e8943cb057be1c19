package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.SourceLocation;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one statement of a script in batches. */
public record BatchStatement(MigrationScript script, Batch batch) {

    private static final Pattern HEADER = Pattern.compile("(?im)^\\s*--\\s*migrate:batch\\b");
    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    /** Reads it, and puts the size into it. */
    public SqlStatement read(SqlLexer.Strings strings) {
        return withSize(only(strings));
    }

    private SqlStatement only(SqlLexer.Strings strings) {
        try (Reader reader = script.open()) {
            SqlScript statements = new SqlScript(reader, strings);
            SqlStatement only = statements.next();
            if (only == null || only.unclosed() != null || !CHANGING.contains(only.verb())) {
                throw refused(
                        only,
                        "a batch is one INSERT, UPDATE, DELETE or MERGE.",
                        "Write that, with ':batch' where the number of rows belongs.");
            }
            new ScriptGuard(script).admit(only);
            refuseWhatMayEndTooEarly(only);
            SqlStatement second = statements.next();
            if (second != null) {
                throw refused(
                        second,
                        "a script in batches has one statement, and this is the second.",
                        "Move it to another migration.");
            }
            return only;
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    private void refuseWhatMayEndTooEarly(SqlStatement statement) {
        String words = String.join(" ", statement.leading(Integer.MAX_VALUE));
        if (words.contains("SKIP LOCKED")) {
            throw refused(
                    statement,
                    "with SKIP LOCKED the batches would end while rows are left that others have locked.",
                    "Take it out: a batch that gets no lock is tried again.");
        }
        if (words.startsWith("WITH ") && words.contains("DO NOTHING")) {
            throw refused(
                    statement,
                    "with DO NOTHING a batch that finds only rows which are there already would count as the last one.",
                    "Leave out such rows by a WHERE condition, or write DO UPDATE.");
        }
    }

    /** Puts the size in place of each {@code :batch}. */
    private SqlStatement withSize(SqlStatement statement) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        SqlLexer tokens = statement.tokens();
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.kind() == SqlLexer.Kind.VARIABLE && tokens.text().equals(":batch")) {
                text.append(statement.text(), copied, tokens.start()).append(batch.size());
                copied = tokens.end();
            }
        }
        if (copied == 0) {
            throw refused(
                    statement,
                    "nothing in this statement says how many rows it changes at a time.",
                    "Write ':batch' where the number belongs, for example WHERE id IN (SELECT id FROM t WHERE new_column IS"
                            + " NULL LIMIT :batch).");
        }
        return statement.withText(
                text.append(statement.text().substring(copied)).toString());
    }

    /** Whether a kept text is of a script in batches. */
    public static boolean isIn(String text) {
        return HEADER.matcher(text).find();
    }

    /** Batches that are done do not count as statements that are done, nor the other way round. */
    public static void refuseToMix(MigrationScript script, @Nullable String ran) {
        boolean isBatched = script.options().batch() != null;
        if (ran != null && isBatched != isIn(ran)) {
            throw new InvalidMigration(
                    "an earlier run stopped in the middle, and 'migrate:batch' was "
                            + (isBatched ? "added" : "taken out") + " since.",
                    SourceLocation.of(script.location()),
                    "Put the header back as it was.");
        }
    }

    private InvalidMigration refused(@Nullable SqlStatement statement, String problem, String remedy) {
        SqlPosition place = statement == null ? SqlPosition.START : statement.commandPosition();
        return new InvalidMigration(problem, place.in(script), remedy);
    }
}
