package io.mhras.migrations.schema.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaDiff;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Two schemas on databases of one server, and the ways between them. */
final class DiffPair implements AutoCloseable {

    private final TestDatabase first;
    private final TestDatabase second;
    private final SchemaSnapshot before;
    private final SchemaSnapshot after;

    DiffPair(int major, String one, String other) {
        first = ServerVersions.newDatabase(major);
        second = ServerVersions.newDatabase(major);
        first.run(one);
        second.run(other);
        before = read(first);
        after = read(second);
    }

    private static SchemaSnapshot read(TestDatabase database) {
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, true);
    }

    TestDatabase database() {
        return first;
    }

    Reload reload() {
        return new PostgresSchema(first.dataSource()).reload();
    }

    /** The way there. */
    SchemaPlan plan(DiffOptions options) {
        return SchemaDiff.plan(before, after, options, reload());
    }

    /** Goes there and back again, and finds each time what it has to. */
    SchemaPlan isProved(DiffOptions options) {
        SchemaPlan up = plan(options);
        assertThat(up.questions()).isEmpty();
        assertThat(up.unwritten()).filteredOn(DiffPair::isNoSecret).isEmpty();
        Set<FactId> unwritten = up.unwritten().stream()
                .map(Unwritten::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        run(up, first);
        assertThat(read(first).differencesTo(up.outcome(), reload()))
                .as(() -> text(up))
                .filteredOn(difference -> !unwritten.contains(difference.id()))
                .isEmpty();
        SchemaPlan down = SchemaDiff.plan(up.outcome(), before, options.back(), reload());
        assertThat(down.unwritten()).filteredOn(DiffPair::isNoSecret).isEmpty();
        run(down, first);
        assertThat(read(first).differencesTo(before, reload()))
                .as(() -> text(down))
                .isEmpty();
        return up;
    }

    private static boolean isNoSecret(Unwritten unwritten) {
        return !unwritten.what().contains("may be secrets");
    }

    /** The statements, each part on its own. */
    static String text(SchemaPlan plan) {
        return plan.parts().stream()
                .map(part -> part.statements().stream()
                        .map(SchemaPlan.Statement::sql)
                        .collect(Collectors.joining(";\n", "", ";\n")))
                .collect(Collectors.joining("--\n"));
    }

    static void run(SchemaPlan plan, TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            for (SchemaPlan.Part part : plan.parts()) {
                connection.setAutoCommit(!part.isTransactional());
                for (SchemaPlan.Statement each : part.statements()) {
                    try {
                        statement.execute(each.sql());
                    } catch (SQLException e) {
                        throw new AssertionError(e.getMessage() + " in\n" + each.sql() + "\nof\n" + text(plan), e);
                    }
                }
                if (part.isTransactional()) {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
