package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import java.util.List;

/** Refuses what cannot run in a migration, and says what to write instead. */
public final class ScriptGuard {

    private final MigrationScript script;

    public ScriptGuard(MigrationScript script) {
        this.script = script;
    }

    public void admit(SqlStatement statement) {
        SqlStatement.Unclosed unclosed = statement.unclosed();
        if (unclosed != null) {
            throw refusal(unclosed.position(), "the " + unclosed.what() + " that begins here never ends.", "Close it.");
        }
        if (statement.kind() == SqlStatement.Kind.META_COMMAND) {
            PsqlCommand command = PsqlCommand.of(statement.metaCommand());
            if (command.problem() != null) {
                throw refusal(statement.position(), command.problem(), command.remedy());
            }
            return;
        }
        if (statement.kind() != SqlStatement.Kind.INSERT) {
            admitCommand(statement, statement.leading(5));
        }
        if (mayFreeLocks(statement.text()) && LockRelease.isIn(statement)) {
            throw refusal(
                    statement,
                    "pg_advisory_unlock_all() would free the migration lock.",
                    "Free your own locks one by one, with pg_advisory_unlock(key).");
        }
    }

    private void admitCommand(SqlStatement statement, List<String> words) {
        switch (words.get(0)) {
            case "COPY" -> admitCopy(statement);
            case "COMMIT", "END", "ROLLBACK", "ABORT" -> admitEnd(statement, words);
            case "DISCARD" -> {
                if (words.contains("ALL")) {
                    throw refusal(
                            statement,
                            "DISCARD ALL would free the migration lock.",
                            "Take it out: each migration begins with a clean session anyway.");
                }
            }
            case "SET" -> admitSetting(statement, words);
            default -> {}
        }
    }

    private void admitCopy(SqlStatement statement) {
        if (statement.copiesToClient()) {
            throw refusal(
                    statement, "COPY ... TO STDOUT has no reader.", "Take it out, or copy to a file of the server.");
        }
    }

    private void admitEnd(SqlStatement statement, List<String> words) {
        if (words.contains("CHAIN") && !words.contains("NO")) {
            throw refusal(
                    statement,
                    "AND CHAIN cannot be recorded between its two transactions.",
                    "Write " + words.get(0) + " and BEGIN.");
        }
    }

    private void admitSetting(SqlStatement statement, List<String> words) {
        ClientEncoding encoding = ClientEncoding.of(words);
        if (encoding != null && !encoding.isOneOf("UTF8", "UTF-8", "DEFAULT")) {
            throw refusal(statement, encoding.problem(), ClientEncoding.REMEDY);
        }
    }

    /** A quick look; a spelling of mixed case is not worth a slow one. */
    private static boolean mayFreeLocks(String text) {
        return text.contains("unlock_all") || text.contains("UNLOCK_ALL");
    }

    private InvalidMigration refusal(SqlStatement statement, String problem, String remedy) {
        return refusal(statement.commandPosition(), problem, remedy);
    }

    InvalidMigration refusal(SqlPosition position, String problem, String remedy) {
        return new InvalidMigration(problem, position.in(script), remedy);
    }
}
