package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.DiffOptions.Drops;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.SchemaDiff;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the schema of each version of the sample's five systems to that of each later one, and back. */
class SampleSystemsDiffTest {

    private static final DiffOptions OPTIONS =
            DiffOptions.DEFAULT.withoutQuestions().with(Drops.ALL);

    @ParameterizedTest
    @ValueSource(strings = {"mhras", "healthcare", "auditor", "compliance/postgresql", "allied-health"})
    void eachVersionLeadsToEachLaterOneAndBack(String system) {
        MigrationSet set = new MigrationLoader(
                        List.of("filesystem:../sample-app/src/main/resources/db/" + system),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        SampleSystemsDiffTest.class.getClassLoader())
                .load();
        List<TestDatabase> databases = new ArrayList<>();
        try {
            List<SchemaSnapshot> states = new ArrayList<>();
            databases.add(TestServer.newDatabase());
            states.add(read(databases.get(0)));
            for (Migration migration : set.migrations()) {
                if (!migration.isRepeatable()) {
                    TestDatabase database = TestServer.newDatabase();
                    databases.add(database);
                    new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), () -> set)
                            .migrate(Target.parse(migration.version().toString()));
                    states.add(read(database));
                }
            }
            for (int i = 0; i < states.size(); i++) {
                for (int j = i + 1; j < states.size(); j++) {
                    goes(databases.get(i), states.get(i), states.get(j));
                    goes(databases.get(i), states.get(j), states.get(i));
                }
            }
        } finally {
            databases.forEach(TestDatabase::close);
        }
    }

    private static void goes(TestDatabase database, SchemaSnapshot from, SchemaSnapshot to) {
        PostgresSchema schema = new PostgresSchema(database.dataSource());
        SchemaPlan plan = SchemaDiff.plan(from, to, OPTIONS, schema.reload());
        assertThat(plan.unwritten()).isEmpty();
        assertThat(plan.questions()).isEmpty();
        run(plan, database);
        assertThat(read(database).differencesTo(to, schema.reload())).isEmpty();
    }

    private static SchemaSnapshot read(TestDatabase database) {
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, /* withRights= */ false);
    }

    private static void run(SchemaPlan plan, TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            for (SchemaPlan.Part part : plan.parts()) {
                connection.setAutoCommit(!part.isTransactional());
                for (SchemaPlan.Statement each : part.statements()) {
                    statement.execute(each.sql());
                }
                if (part.isTransactional()) {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
