package io.mhras.migrations.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server that all work on: an embedded one that is as careful with data as a real one, or yours. */
final class Server implements AutoCloseable {

    private final String adminUrl;
    private final @Nullable EmbeddedPostgres embedded;
    private int databases;

    private Server(String adminUrl, @Nullable EmbeddedPostgres embedded) {
        this.adminUrl = adminUrl;
        this.embedded = embedded;
    }

    /** A server that is there already; its user may create databases and order checkpoints. */
    static Server at(String url) {
        return new Server(url, null);
    }

    /** A new one. */
    static Server start() {
        try {
            // Embedded for tests it would do without all three, and every commit would look cheap.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            return new Server(server.getJdbcUrl("postgres", "postgres"), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh, empty database. */
    Database newDatabase() {
        databases++;
        String name = "benchmark_" + ProcessHandle.current().pid() + "_" + databases;
        execute(adminUrl, "CREATE DATABASE " + name);
        return new Database(name, adminUrl.replaceFirst("/[^/?]+\\?", "/" + name + "?"));
    }

    /** Nobody shall pay for the pages that the one before has dirtied. */
    void settle() {
        execute(adminUrl, "CHECKPOINT");
    }

    /** Its version and what its durability is set to. */
    String description() {
        return "PostgreSQL " + query(adminUrl, "SHOW server_version") + ", fsync " + query(adminUrl, "SHOW fsync")
                + ", synchronous_commit " + query(adminUrl, "SHOW synchronous_commit") + ", full_page_writes "
                + query(adminUrl, "SHOW full_page_writes") + ", shared_buffers "
                + query(adminUrl, "SHOW shared_buffers");
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String query(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            try {
                embedded.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One database of it. */
    final class Database implements AutoCloseable {

        private final String name;
        private final String url;

        private Database(String name, String url) {
            this.name = name;
            this.url = url;
        }

        /** Its JDBC URL, with the user in it. */
        String url() {
            return url;
        }

        /** Who did not do the work has no time. */
        void expect(String sql, long expected) {
            String found = query(url, sql);
            if (!found.equals(Long.toString(expected))) {
                throw new ContestantFailedException("did " + found + " of " + expected);
            }
        }

        @Override
        public void close() {
            execute(adminUrl, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
