package io.mhras.migrations.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of a test run.
 *
 * <p>An embedded one; or, with {@code -Dtest.postgres.url=jdbc:postgresql://...?user=...}, any other; or, with {@code
 * -Dtest.postgres.image=postgres:17}, one in a container.
 */
public final class TestServer {

    private static final AtomicInteger databases = new AtomicInteger();
    private static @Nullable String adminUrl;

    private TestServer() {}

    /** A fresh, empty database of the server. */
    public static TestDatabase newDatabase() {
        return newDatabase(adminUrl());
    }

    /** A fresh, empty database of the server with this address. */
    static TestDatabase newDatabase(String admin) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet();
        run(admin, "CREATE DATABASE " + name);
        // Not UTC: times that are read or written in the session's zone shall be seen to be wrong.
        run(admin, "ALTER DATABASE " + name + " SET TimeZone = 'Asia/Kathmandu'");
        return new TestDatabase(name, admin.replaceFirst("/[^/?]+\\?", "/" + name + "?"), admin);
    }

    /** The address of the server's own database, with a user who may do everything. */
    public static synchronized String adminUrl() {
        if (adminUrl == null) {
            adminUrl = start();
        }
        return adminUrl;
    }

    private static String start() {
        String url = System.getProperty("test.postgres.url", "");
        if (!url.isEmpty()) {
            return url;
        }
        String image = System.getProperty("test.postgres.image", "");
        return image.isEmpty() ? embedded() : container(image);
    }

    private static String embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("resource") // Testcontainers stops it when this process ends.
    private static String container(String image) {
        PostgreSQLContainer server = new PostgreSQLContainer(image);
        server.start();
        return server.getJdbcUrl().replaceFirst("\\?.*", "") + "?user=" + server.getUsername() + "&password="
                + server.getPassword();
    }

    /** Connections to the database as another user. */
    public static DataSource as(TestDatabase database, String user, String password) {
        String address = database.url().replaceFirst("\\?.*", "");
        return new DriverManagerDataSource(address, user, password);
    }

    static void run(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * A database for one test.
     *
     * @param name its name
     * @param url its address, with the user in it
     * @param adminUrl the address of the server's own database
     */
    public record TestDatabase(String name, String url, String adminUrl) implements AutoCloseable {

        /** Each connection a new one. */
        public DataSource dataSource() {
            return new DriverManagerDataSource(url);
        }

        /** A pool, to be closed. */
        public HikariDataSource pool(int size) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(size);
            return new HikariDataSource(config);
        }

        /** Runs SQL. */
        public void run(String sql) {
            TestServer.run(url, sql);
        }

        /** Drops it. */
        @Override
        public void close() {
            TestServer.run(adminUrl, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
