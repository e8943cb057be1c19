package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command lines of a compliance system's documentation, one after the other, with the variables it has. */
class ComplianceTest extends MongoCommandTest {

    private static final Path FILES = Path.of("../sample-app/src/main/resources/db/compliance");

    @Override
    Map<String, String> environment() {
        URI postgresql = URI.create(database.url().substring("jdbc:".length()));
        Map<String, String> environment = new HashMap<>(Map.of(
                "DB_HOST", postgresql.getHost(),
                "DB_PORT", Integer.toString(postgresql.getPort()),
                "DB_NAME", database.name(),
                "DB_USER", postgresql.getQuery().replaceFirst(".*user=([^&]*).*", "$1"),
                "DB_PASSWORD", "your_password",
                "DB_SSL_MODE", "prefer",
                "MONGODB_URL", mongo.databaseUrl(),
                "MONGODB_DB", mongo.databaseName(),
                "MIGRATION_PATH", FILES.toString()));
        environment.put("MHRAS_MIGRATIONS_POSTGRESQL_SCHEMA", "regulatory");
        environment.put("MHRAS_MIGRATIONS_POSTGRESQL_TABLE", "migrations");
        return environment;
    }

    private void state(String postgresql, String mongodb) {
        assertThat(done("status").out()).contains("postgresql: " + postgresql + "\n", "mongodb: " + mongodb + "\n");
    }

    private int collectionsOfCompliance() {
        return collections().size();
    }

    @Test
    void itsCommandsWorkForBothDatabases() {
        state("4 to apply", "2 to apply");
        assertThat(done("status", "--db-type", "postgresql").out())
                .contains("4 to apply")
                .doesNotContain("mongodb");
        assertThat(done("status", "--db-type", "mongodb").out())
                .contains("2 to apply")
                .doesNotContain("postgresql");

        assertThat(done("apply", "--dry-run").out()).contains("postgresql: 4 to do", "mongodb: 2 to do");
        assertThat(done("apply", "--dry-run", "--verbose").out()).contains("001_initial_collections.js");
        state("4 to apply", "2 to apply");

        assertThat(done("apply", "--db-type", "postgresql", "--target", "001").out())
                .startsWith("postgresql: 1 done");
        assertThat(done("apply", "--target", "001").out()).contains("postgresql: nothing to do", "mongodb: 1 done");
        assertThat(collectionsOfCompliance()).isEqualTo(9);
        assertThat(run("validate").code()).isEqualTo(1);
        assertThat(run("validate", "--db-type", "mongodb").err()).contains("apply 002 default workflow");

        done("apply", "--db-type", "all");
        done("apply", "--force");
        state("up to date", "up to date");
        assertThat(done("validate").out()).contains("== PostgreSQL ==", "== MongoDB ==");
        done("validate", "--db-type", "postgresql");

        assertThat(done("report").out())
                .contains(
                        "Migrations of " + database.name() + " on PostgreSQL",
                        "Migrations of " + mongo.databaseName() + " on MongoDB");
        assertThat(done("report", "--db-type", "mongodb").out())
                .startsWith("Migrations of " + mongo.databaseName() + " on MongoDB");
        assertThat(done("status", "--verbose").out()).contains("001_initial_collections.js", "001_initial_schema.sql");

        assertThat(done("rollback", "--target", "001").out()).contains("postgresql: 3 done", "mongodb: 1 done");
        state("3 to apply", "1 to apply");
        done("rollback", "base");
        assertThat(collectionsOfCompliance()).isZero();
        state("4 to apply", "2 to apply");
    }
}
