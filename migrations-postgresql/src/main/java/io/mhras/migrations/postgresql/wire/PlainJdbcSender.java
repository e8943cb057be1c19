package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Sends the statements of a message one by one, for a connection that hides pgjdbc or is of another driver. */
final class PlainJdbcSender implements QuerySender {

    private final Connection connection;

    PlainJdbcSender(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        String text = message.text();
        for (QueryMessage.Part part : message.parts()) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                if (statement.execute(text.substring(part.start(), part.end()))) {
                    rows.accept(part, read(statement.getResultSet()));
                } else {
                    rows.changed(part, statement.getLargeUpdateCount());
                }
            } catch (SQLException e) {
                throw new StatementFailed(part, offset(e), e);
            }
        }
    }

    @Override
    public void copy(SqlStatement statement, CopyData data, int number) throws IOException {
        new CopySender(connection).send(statement, data, number);
    }

    private static int offset(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return server == null ? -1 : server.getPosition() - 1;
    }

    private static List<List<Column>> read(ResultSet results) throws SQLException {
        ResultSetMetaData types = results.getMetaData();
        List<List<Column>> rows = new ArrayList<>();
        while (results.next()) {
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= types.getColumnCount(); i++) {
                boolean isBoolean = types.getColumnType(i) == Types.BIT || types.getColumnType(i) == Types.BOOLEAN;
                columns.add(new Column(types.getColumnLabel(i), isBoolean, results.getString(i)));
            }
            rows.add(columns);
        }
        return rows;
    }
}
