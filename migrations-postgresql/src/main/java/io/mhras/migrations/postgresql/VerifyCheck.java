package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a check script's rows against its rule: no SELECT returns {@code false}. */
final class VerifyCheck implements ScriptRunner.Transactions, QuerySender.RowConsumer {

    private final MigrationScript script;

    private final String kept;

    /**
     * The check of a migration.
     *
     * @param kept what a failure leaves of the migration, in words
     */
    VerifyCheck(MigrationScript script, String kept) {
        this.script = script;
        this.kept = kept;
    }

    @Override
    public void accept(QueryMessage.Part part, List<List<QuerySender.Column>> rows) {
        for (List<QuerySender.Column> row : rows) {
            for (QuerySender.Column column : row) {
                if (column.isBoolean() && "f".equals(column.text())) {
                    throw failure(part, column);
                }
            }
        }
    }

    private ScriptFailed failure(QueryMessage.Part part, QuerySender.Column column) {
        SqlStatement statement = part.statement();
        SourceLocation location = SourceLocation.of(script.location());
        String text = "";
        if (statement != null) {
            SqlPosition place = statement.commandPosition();
            location = new SourceLocation(script.location(), place.line(), place.column());
            text = "\n\n" + statement.text().indent(4).stripTrailing() + "\n";
        }
        return new ScriptFailed(
                "The check " + script.name() + " does not hold; " + kept + "\n" + "  at " + location + text
                        + "\n  Column '" + column.name() + "' is false.",
                location,
                null,
                "Correct the migration or its check, and start again.",
                null);
    }

    static InvalidMigration splitsTransaction(MigrationScript script, SqlStatement statement) {
        SqlPosition place = statement.commandPosition();
        return new InvalidMigration(
                statement.leading(1).get(0) + " would end or split the transaction in which this file runs.",
                new SourceLocation(script.location(), place.line(), place.column()),
                "Take BEGIN, COMMIT and ROLLBACK out of this file.");
    }

    @Override
    public SqlStatement.Transaction meaning(SqlStatement statement, int number) {
        return switch (statement.transaction()) {
            case BEGINS, COMMITS, ENDS -> throw splitsTransaction(script, statement);
            case ANY, APART, ALONE -> SqlStatement.Transaction.ANY;
        };
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return this;
    }

    @Override
    public boolean isDone(SqlStatement statement, int number) {
        return false;
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
        SqlPosition place = command.position();
        throw new InvalidMigration(
                "a check runs in the session of its migration.",
                new SourceLocation(script.location(), place.line(), place.column()),
                "Take " + command.text() + " out.");
    }
}
