package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a check at work: its failure is undone, so that the next one can run. */
final class CheckedStatement implements QuerySender.RowConsumer {

    /** Where a failure leads back to. */
    static final String POINT = "SAVEPOINT mhras_check";

    private final MigrationScript script;
    private final SqlStatement statement;
    private final int number;
    private final QuerySender sender;
    private long row;
    private @Nullable String falsehood;

    CheckedStatement(MigrationScript script, SqlStatement statement, int number, QuerySender sender) {
        this.script = script;
        this.statement = statement;
        this.number = number;
        this.sender = sender;
    }

    /**
     * What became of it.
     *
     * @param place of what failed; else of the statement
     * @param reason null if it holds
     */
    record Answer(
            Outcome outcome, SourceLocation place, @Nullable String reason) {}

    Answer run(SqlScript statements) throws IOException {
        try {
            sender.send(
                    new QueryMessage()
                            .own(ApplicationName.of(number, null, script).set()),
                    QuerySender.IGNORE_ROWS);
            if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
                sender.copy(statement, statements.copyData(), number);
            } else {
                sender.send(new QueryMessage().add(statement, number), this);
            }
            sender.send(new QueryMessage().own("RELEASE mhras_check", POINT), QuerySender.IGNORE_ROWS);
        } catch (StatementFailed e) {
            if (PostgresErrors.isSessionLost(e.error()) || e.part().statement() == null) {
                throw e;
            }
            sender.send(new QueryMessage().own("ROLLBACK TO mhras_check"), QuerySender.IGNORE_ROWS);
            SourceLocation place = ScriptErrorReport.location(script, e);
            return PostgresErrors.READ_ONLY.equals(e.error().getSQLState())
                    ? new Answer(Outcome.SKIPPED, place, "writes")
                    : new Answer(Outcome.FAILED, place, ScriptErrorReport.reason(script, e));
        }
        SourceLocation place = statement.commandPosition().in(script);
        return falsehood == null
                ? new Answer(Outcome.HOLDS, place, null)
                : new Answer(Outcome.FAILED, place, falsehood);
    }

    @Override
    public boolean wants(QueryMessage.Part part) {
        return part.statement() != null;
    }

    /** Of other columns nothing is told: they may be anybody's data. */
    @Override
    public void accept(QueryMessage.Part part, List<QuerySender.Column> values) {
        row++;
        for (QuerySender.Column column : values) {
            if (falsehood == null && column.isBoolean() && "f".equals(column.text())) {
                falsehood = "Column '" + column.name() + "' is false" + (row == 1 ? "." : ", in row " + row + ".");
            }
        }
    }
}
