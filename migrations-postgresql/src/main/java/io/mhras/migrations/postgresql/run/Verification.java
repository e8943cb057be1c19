package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a verify script's rows against its rule: no SELECT returns {@code false}. */
public final class Verification implements ScriptRunner.Transactions, QuerySender.RowConsumer {

    private final MigrationScript script;

    private final String kept;

    /**
     * The verification of a migration.
     *
     * @param kept what a failure leaves of the migration, in words
     */
    public Verification(MigrationScript script, String kept) {
        this.script = script;
        this.kept = kept;
    }

    @Override
    public boolean wants(QueryMessage.Part part) {
        return part.statement() != null;
    }

    @Override
    public void accept(QueryMessage.Part part, List<QuerySender.Column> row) {
        for (QuerySender.Column column : row) {
            if (column.isBoolean() && "f".equals(column.text())) {
                throw failure(part, column);
            }
        }
    }

    private ScriptFailed failure(QueryMessage.Part part, QuerySender.Column column) {
        SqlStatement statement = part.statement();
        SourceLocation location = SourceLocation.of(script.location());
        String text = "";
        if (statement != null) {
            location = statement.commandPosition().in(script);
            text = "\n\n" + statement.text().indent(4).stripTrailing() + "\n";
        }
        return new ScriptFailed(
                "The check " + name(script, statement) + " does not hold; " + kept + "\n" + "  at " + location + text
                        + "\n  Column '" + column.name() + "' is false.",
                location,
                null,
                "Correct the migration or its check, and start again.",
                null);
    }

    /** What to call it: by its own name, if it has one, and by its file's. */
    static String name(MigrationScript script, @Nullable SqlStatement statement) {
        return statement == null || statement.check() == null
                ? script.name()
                : "'" + statement.check() + "' of " + script.name();
    }

    @Override
    public SqlStatement.Transaction take(SqlStatement statement, int number) {
        refuseEnd(script, statement);
        return SqlStatement.Transaction.ANY;
    }

    /** Refuses what would end the transaction of a check. */
    static void refuseEnd(MigrationScript script, SqlStatement statement) {
        switch (statement.transaction()) {
            case BEGINS, COMMITS, ENDS -> throw Segments.splitsTransaction(script, statement);
            case ANY, APART, ALONE -> {}
        }
    }

    /** Refuses a {@code \\connect}. */
    static void refuseConnect(MigrationScript script, SqlStatement command) {
        if (command.metaCommand().isConnect()) {
            throw new InvalidMigration(
                    "a check runs in the session of its migration.",
                    command.position().in(script),
                    "Take " + command.text() + " out.");
        }
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return this;
    }

    @Override
    public boolean isPassedOver(SqlStatement statement, int number) {
        return false;
    }

    @Override
    public void passOver(SqlStatement statement, int number) {
        throw new IllegalStateException("All of a check runs");
    }

    /** It runs in the transaction of what it checks, which is open already. */
    @Override
    public QueryMessage begin(@Nullable SqlStatement own, int number) {
        return new QueryMessage();
    }

    @Override
    public void commit(QueryMessage message, int number) {
        throw new IllegalStateException("A check ends no transaction");
    }

    @Override
    public void end(QueryMessage message, int number) {
        throw new IllegalStateException("A check ends no transaction");
    }

    @Override
    public void alone(SqlStatement statement, int number, ApplicationName name) {
        throw new IllegalStateException("A check runs in the transaction of what it checks");
    }

    /** What it checks has run in this session, and only there it can see all of it. */
    @Override
    public @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open) {
        refuseConnect(script, command);
        return open;
    }
}
