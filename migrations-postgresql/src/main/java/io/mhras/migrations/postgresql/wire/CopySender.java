package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.text.SettingNames;
import java.io.FilterReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import org.postgresql.PGConnection;

/** Sends what {@code COPY ... FROM STDIN} reads. It cannot be in a Query message: the server would close the connection. */
record CopySender(Connection connection, Notices notices) {

    private static final String NOT_SUPPORTED = "0A000";

    long send(SqlStatement copy, CopyData data, int number) throws IOException {
        try {
            if (!connection.isWrapperFor(PGConnection.class)) {
                throw new SQLFeatureNotSupportedException(
                        "COPY ... FROM STDIN needs PostgreSQL's driver, and this connection hides it; give the migrations one"
                                + " of their own (" + SettingNames.quoted("postgresql.url") + ")",
                        NOT_SUPPORTED);
            }
            PGConnection server = connection.unwrap(PGConnection.class);
            takeNotices();
            long rows = server.getCopyAPI().copyIn(copy.text(), new Listening(data));
            takeNotices();
            return rows;
        } catch (SQLException e) {
            throw new StatementFailed(new QueryMessage.Part(0, copy.text().length(), copy, number), -1, e);
        }
    }

    /** What triggers raise, the driver keeps with the connection. */
    private void takeNotices() throws SQLException {
        SQLWarning first = connection.getWarnings();
        if (first != null) {
            connection.clearWarnings();
            notices.take(first);
        }
    }

    /** Passes on what was raised whenever the next piece of data is read, or millions of rows would fill the memory. */
    private final class Listening extends FilterReader {

        Listening(CopyData data) {
            super(data);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            try {
                takeNotices();
            } catch (SQLException e) {
                throw new IOException(e);
            }
            return in.read(target, offset, length);
        }
    }
}
