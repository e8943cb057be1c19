package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database for each test, and short words for what tests do with it. */
abstract class PostgresTest {

    /** The history table as releases made it before it had more columns. */
    static final String OLDER_HISTORY = """
            CREATE TABLE migration_history (
                id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                event        text        NOT NULL,
                version      text        NOT NULL,
                description  text        NOT NULL,
                script       text        NOT NULL,
                checksum     text        NOT NULL,
                up_script    text,
                down_script  text,
                statement    integer,
                execution_ms bigint      NOT NULL,
                error        text,
                applied_by   text        NOT NULL DEFAULT current_user,
                application  text        NOT NULL,
                host         text        NOT NULL,
                applied_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
                fingerprint  text        NOT NULL
            );
            COMMENT ON TABLE migration_history
                IS 'What was migrated, one row an event, append-only. Kept by MHRAS Migrations.';
            """;

    final TestDatabase database = TestServer.newDatabase();
    final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @AfterEach
    void drop() {
        database.close();
    }

    Migrator migrator(Files files) {
        return migrator(database.dataSource(), PostgresSettings.DEFAULT, files);
    }

    static Migrator migrator(DataSource dataSource, PostgresSettings settings, Files files) {
        return new Migrator(new PostgresDriver(dataSource, settings), files::set);
    }

    void migrate(String script) {
        migrator(new Files().with("001_script.sql", script)).migrate(Target.HEAD);
    }

    /** The error that this script ends in. */
    MigrationException failure(String script) {
        return failure(migrator(new Files().with("001_script.sql", script)));
    }

    static MigrationException failure(Migrator migrator) {
        return Assertions.catchThrowableOfType(MigrationException.class, () -> migrator.migrate(Target.HEAD));
    }

    /** Connections that do not let pgjdbc through, as those of some monitoring tools. */
    DataSource withoutPgjdbc() {
        return withoutPgjdbc(database.dataSource());
    }

    static DataSource withoutPgjdbc(DataSource dataSource) {
        return new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> switch (method.getName()) {
                            case "isWrapperFor" -> false;
                            case "unwrap" -> throw new SQLException("hidden");
                            default -> method.invoke(real, arguments);
                        });
            }
        };
    }

    boolean exists(String table) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
    }

    List<String> column(String sql) {
        return jdbc.queryForList(sql, String.class);
    }
}
