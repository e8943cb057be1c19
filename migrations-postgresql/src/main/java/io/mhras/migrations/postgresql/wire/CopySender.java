package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.SettingNames;
import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.postgresql.PGConnection;

/** Sends what {@code COPY ... FROM STDIN} reads. It cannot be in a Query message: the server would close the connection. */
record CopySender(Connection connection) {

    private static final String NOT_SUPPORTED = "0A000";

    void send(SqlStatement copy, CopyData data, int number) throws IOException {
        try {
            if (!connection.isWrapperFor(PGConnection.class)) {
                throw new SQLFeatureNotSupportedException(
                        "COPY ... FROM STDIN needs PostgreSQL's driver, and this connection hides it; give the migrations one"
                                + " of their own (" + SettingNames.quoted("postgresql.url") + ")",
                        NOT_SUPPORTED);
            }
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy.text(), data);
        } catch (SQLException e) {
            throw new StatementFailed(new QueryMessage.Part(0, copy.text().length(), copy, number), -1, e);
        }
    }
}
