package io.mhras.migrations.postgresql.health;

import io.mhras.migrations.postgresql.sql.SqlTemplate;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Runs queries that write nothing and wait for no other session; each in a transaction of its own, so that one may fail. */
final class HealthQueries {

    private static final String LIMITS = "SET TRANSACTION READ ONLY; SET LOCAL lock_timeout = '100ms'";

    private static final String OURS = """
            n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'""";

    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final List<String> notRead = new ArrayList<>();

    HealthQueries(BorrowedConnection connection) {
        this.connection = connection.connection();
        this.jdbc = connection.jdbc();
    }

    /** What a user may not see, a sentence each. */
    List<String> notRead() {
        return notRead;
    }

    /** Measured sizes; if another session holds a lock at that moment, the last known ones. */
    <T> List<T> measured(String subject, String name, RowMapper<T> mapper) throws SQLException {
        try {
            return transaction(name, "false", mapper);
        } catch (DataAccessException e) {
            return rows(subject, name, mapper);
        }
    }

    /** A user who may not see something is told so, and sees the rest. */
    <T> List<T> rows(String subject, String name, RowMapper<T> mapper) throws SQLException {
        try {
            return transaction(name, "true", mapper);
        } catch (DataAccessException e) {
            SQLException cause = PostgresErrors.sqlException(e);
            if (!PostgresErrors.isOfServer(cause) || PostgresErrors.isConnectionBroken(cause)) {
                throw cause;
            }
            notRead.add("Not read: " + subject + "; " + PostgresErrors.message(cause) + ".");
            return List.of();
        }
    }

    private <T> List<T> transaction(String name, String estimate, RowMapper<T> mapper) throws SQLException {
        String query = SqlTemplate.of(HealthQueries.class, name).with(Map.of("ours", OURS, "estimate", estimate));
        connection.setAutoCommit(false);
        try {
            jdbc.execute(LIMITS);
            return end(jdbc.query(query, mapper));
        } catch (DataAccessException e) {
            if (!PostgresErrors.isConnectionBroken(PostgresErrors.sqlException(e))) {
                end(List.of());
            }
            throw e;
        }
    }

    /** Not on a connection that is lost: by what, tells more than that its transaction cannot be ended. */
    private <T> List<T> end(List<T> read) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        return read;
    }
}
