package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.contract.MigrationDriverContract;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresDriverContractTest extends MigrationDriverContract {

    final TestDatabase database = TestServer.newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    public MigrationDriver driver() {
        return new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT);
    }

    @Override
    public MigrationDriver driverOf(String application) {
        PostgresSettings usual = PostgresSettings.DEFAULT;
        return new PostgresDriver(
                database.dataSource(),
                new PostgresSettings(usual.schema(), usual.table(), application, usual.limits(), usual.retry()));
    }

    @Override
    public void onlyReading(Consumer<MigrationDriver> work) {
        work.accept(new PostgresDriver(
                new DriverManagerDataSource(
                        database.url() + "&options=-c%20default_transaction_read_only=on%20-c%20lock_timeout=1s"),
                PostgresSettings.DEFAULT));
    }

    @Override
    public void deleteEvents(String version, Event event) {
        new JdbcTemplate(database.dataSource())
                .update("DELETE FROM migration_history WHERE version = ? AND event = ?", version, event.name());
    }

    @Override
    public void changeEvents(String version, String column, Object value) {
        new JdbcTemplate(database.dataSource())
                .update("UPDATE migration_history SET " + column + " = ? WHERE version = ?", value, version);
    }

    @Override
    public String extension() {
        return ".sql";
    }

    @Override
    public String create(String name) {
        return "CREATE TABLE " + name + " (id int);\n";
    }

    @Override
    public String drop(String name) {
        return "DROP TABLE " + name + ";\n";
    }

    @Override
    public String broken() {
        return "INSERT INTO nowhere VALUES (1);\n";
    }

    @Override
    public String reformatted(String script) {
        return "-- New comment\n" + script.replace(" ", "\n  ");
    }

    @Override
    public String present(String name) {
        return "SELECT to_regclass('" + name + "') IS NOT NULL AS is_there;\n";
    }

    @Override
    public void make(String name) {
        database.run(create(name));
    }

    @Override
    public boolean exists(String name) {
        return Boolean.TRUE.equals(new JdbcTemplate(database.dataSource())
                .queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }
}
