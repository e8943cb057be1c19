package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.postgresql.sql.ScriptGuard;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A verify script whose statements are checks of their own, one after the other in one transaction. */
final class CheckedFile {

    private static final int MOST_SHOWN = 60;

    /** What only prepares a check is none. */
    private static final Set<String> PREPARING = Set.of("SET", "RESET");

    private final MigrationVersion version;
    private final MigrationScript script;
    private final QuerySender sender;
    private final SqlLexer.Strings strings;
    private final Consumer<Check> results;
    private final ScriptGuard guard;

    /** The line of the first statement that was not run, since it writes: what follows may need what it would have written. */
    private int firstWrite;

    CheckedFile(
            MigrationVersion version,
            MigrationScript script,
            QuerySender sender,
            SqlLexer.Strings strings,
            Consumer<Check> results) {
        this.version = version;
        this.script = script;
        this.sender = sender;
        this.strings = strings;
        this.results = results;
        this.guard = new ScriptGuard(script);
    }

    void run() {
        try (Reader reader = script.open()) {
            run(new SqlScript(reader, strings));
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    private void run(SqlScript statements) throws IOException {
        boolean isOnly = Integer.valueOf(1).equals(statements.countIfShort());
        int number = 0;
        for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
            guard.admit(next);
            if (next.kind() == SqlStatement.Kind.META_COMMAND) {
                Verification.refuseConnect(script, next);
                continue;
            }
            Verification.refuseEnd(script, next);
            number++;
            long started = System.nanoTime();
            CheckedStatement.Answer answer = new CheckedStatement(script, next, number, sender).run(statements);
            report(next, isOnly, answer, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private void report(SqlStatement statement, boolean isOnly, CheckedStatement.Answer answer, Duration duration) {
        boolean isQuiet = statement.check() == null && PREPARING.contains(statement.verb());
        if (answer.outcome() == Outcome.HOLDS && isQuiet) {
            return;
        }
        Outcome outcome = answer.outcome();
        String reason = answer.reason();
        int line = statement.commandPosition().line();
        if (outcome == Outcome.SKIPPED && firstWrite == 0) {
            firstWrite = line;
        } else if (outcome == Outcome.FAILED && firstWrite > 0) {
            outcome = Outcome.SKIPPED;
            reason = "follows what line " + firstWrite + " writes";
        }
        results.accept(new Check(
                version,
                name(statement, isOnly),
                outcome,
                answer.place(),
                duration,
                statement.text(),
                outcome == Outcome.HOLDS ? null : reason));
    }

    private String name(SqlStatement statement, boolean isOnly) {
        @Nullable String own = statement.check();
        if (own != null) {
            return own;
        }
        if (isOnly) {
            return script.name();
        }
        String text = statement.text().strip().replaceAll("\\s+", " ");
        return script.name() + ":" + statement.commandPosition().line() + " "
                + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...");
    }
}
