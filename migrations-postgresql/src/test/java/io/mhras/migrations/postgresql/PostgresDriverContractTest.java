package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.contract.MigrationDriverContract;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;

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
    public boolean exists(String name) {
        return Boolean.TRUE.equals(new JdbcTemplate(database.dataSource())
                .queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }
}
