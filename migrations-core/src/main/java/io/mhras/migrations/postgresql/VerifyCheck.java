package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import java.util.List;

/** Holds a check script's rows against its rule: no SELECT returns {@code false}. */
final class VerifyCheck implements QuerySender.RowConsumer {

    private final MigrationScript script;

    VerifyCheck(MigrationScript script) {
        this.script = script;
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
                "The check " + script.name() + " does not hold; nothing of the migration was kept.\n" + "  at "
                        + location + text + "\n  Column '" + column.name() + "' is false.",
                location,
                null,
                "Correct the migration or its check, and start again.",
                null);
    }
}
