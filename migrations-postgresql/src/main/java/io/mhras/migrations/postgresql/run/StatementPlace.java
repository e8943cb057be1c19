package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.ServerSession;

/**
 * Where a statement is in a script.
 *
 * @param number which one of the script's statements it is
 */
public record StatementPlace(MigrationScript script, SqlStatement statement, int number) {

    public SourceLocation location() {
        return statement.commandPosition().in(script);
    }

    /** Sends a statement of ours, whose errors are reported at the place of the script's own. */
    void send(ServerSession session, String sql) {
        session.send(new QueryMessage().add(statement.replacedBy(sql), number));
    }
}
