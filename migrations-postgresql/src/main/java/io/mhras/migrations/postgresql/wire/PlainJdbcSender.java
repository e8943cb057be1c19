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
    private final Notices notices;
    private boolean isInTransaction;

    PlainJdbcSender(Connection connection, Notices notices) {
        this.connection = connection;
        this.notices = notices;
    }

    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        for (int i = 0; i < message.parts().size(); i++) {
            QueryMessage.Part part = message.parts().get(i);
            String sql = message.text(part);
            try {
                send(part, sql, rows);
            } catch (SQLException e) {
                throw new StatementFailed(part, offset(e), e);
            } catch (OutOfMemoryError e) {
                throw new StatementFailed(part, -1, PostgresErrors.ofMemory(e));
            }
        }
    }

    private void send(QueryMessage.Part part, String sql, RowConsumer rows) throws SQLException {
        SqlStatement.Transaction meaning = SqlStatement.transactionOf(sql);
        boolean inPages =
                isInTransaction && part.statement() != null && part.statement().mayReturnRows();
        if (inPages && connection.getAutoCommit()) {
            // The server is in a transaction; only the driver does not know, and reads all rows at once outside of one.
            connection.setAutoCommit(false);
        }
        PageSize page = new PageSize();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (inPages) {
                statement.setFetchSize(page.rows());
            }
            boolean hasRows = statement.execute(sql);
            notices.take(statement.getWarnings());
            statement.clearWarnings();
            if (hasRows) {
                long count = read(statement.getResultSet(), part, rows, page);
                notices.take(statement.getWarnings());
                rows.done(part, count);
            } else {
                rows.done(part, statement.getLargeUpdateCount());
            }
        }
        switch (meaning) {
            case BEGINS -> isInTransaction = true;
            case COMMITS, ENDS -> {
                isInTransaction = false;
                if (!connection.getAutoCommit()) {
                    connection.setAutoCommit(true);
                }
            }
            default -> {}
        }
    }

    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        return new CopySender(connection, notices).send(statement, data, number);
    }

    @Override
    public boolean isInTransaction() {
        return isInTransaction;
    }

    private static int offset(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return server == null ? -1 : server.getPosition() - 1;
    }

    private static long read(ResultSet results, QueryMessage.Part part, RowConsumer rows, PageSize page)
            throws SQLException {
        ResultSetMetaData types = results.getMetaData();
        boolean isWanted = rows.wants(part);
        long count = 0;
        long nextPage = 0;
        while (results.next()) {
            boolean isFirstOfPage = count++ == nextPage;
            if (isWanted || isFirstOfPage) {
                List<Column> row = row(results, types);
                if (isFirstOfPage) {
                    nextPage += page.rows();
                    page.learn(1, length(row));
                    results.setFetchSize(page.rows());
                }
                if (isWanted) {
                    rows.accept(part, row);
                }
            }
        }
        return count;
    }

    private static long length(List<Column> row) {
        return row.stream()
                .mapToLong(column -> column.text() == null ? 0 : column.text().length())
                .sum();
    }

    private static List<Column> row(ResultSet results, ResultSetMetaData types) throws SQLException {
        List<Column> row = new ArrayList<>();
        for (int i = 1; i <= types.getColumnCount(); i++) {
            boolean isBoolean = types.getColumnType(i) == Types.BIT || types.getColumnType(i) == Types.BOOLEAN;
            row.add(new Column(types.getColumnLabel(i), isBoolean, results.getString(i)));
        }
        return row;
    }
}
