package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.ServerSession;

/**
 * Where a statement stands.
 *
 * @param number which one of the script's statements it is
 */
public record StatementPlace(MigrationScript script, SqlStatement statement, int number) {

    public SourceLocation location() {
        return statement.commandPosition().in(script);
    }

    /** Sends a statement of ours, the errors of which are reported where the script's own stands. */
    void send(ServerSession session, String sql) {
        session.send(new QueryMessage().add(statement.replacedBy(sql), number));
    }
}
