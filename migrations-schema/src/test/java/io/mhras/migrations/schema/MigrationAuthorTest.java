package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationAuthorTest {

    private static final Naming NAMING = new Naming("add notes", null, /* isTime= */ false, List.of());

    private final TestDatabase real = TestServer.newDatabase();

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @AfterEach
    void drop() {
        real.close();
    }

    private MigrationSet files() throws IOException {
        Files.writeString(folder.resolve("001_patients.sql"), "CREATE TABLE patients (id bigint PRIMARY KEY);");
        return new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        getClass().getClassLoader())
                .load();
    }

    private MigrationAuthor author() {
        return new MigrationAuthor(
                PostgresServer.at(real.url(), null, null),
                ScratchOptions.DEFAULT,
                PostgresSettings.DEFAULT,
                MigratorSettings.DEFAULT,
                SchemaFilter.ALL);
    }

    /** A wish that no statement fulfils. */
    private WantedSchema impossible() throws IOException {
        Path schema = Files.writeString(
                elsewhere.resolve("schema.sql"), "CREATE TABLE patients (id bigint PRIMARY KEY, notes text);");
        WantedSchema made = WantedSchema.in(schema);
        return new WantedSchema(
                made.name(),
                made.scripts(),
                (there, wanted) -> new SchemaSnapshot(
                        wanted.majorVersion(),
                        wanted.facts().stream()
                                .map(MigrationAuthorTest::mistyped)
                                .toList(),
                        wanted.edges(),
                        wanted.unread(),
                        wanted.gaps(),
                        wanted.leftOut()));
    }

    private static SchemaFact mistyped(SchemaFact fact) {
        if (!fact.id().name().equals("notes")) {
            return fact;
        }
        Map<String, String> attributes = new HashMap<>(fact.attributes());
        attributes.replaceAll((name, value) -> value.equals("text") ? "text COLLATE \"nowhere\"" : value);
        return new SchemaFact(fact.id(), fact.parent(), fact.position(), attributes);
    }

    @Test
    void whatCannotBeProvedIsNotWritten() throws IOException {
        MigrationSet files = files();
        WantedSchema wanted = impossible();

        assertThatThrownBy(() -> author().draft(files, wanted, DiffOptions.DEFAULT, RenameDecision.NONE, NAMING))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("The new files do not run up on the scratch database:")
                .hasMessageContaining("collation \"nowhere\" for encoding \"UTF8\" does not exist")
                .hasMessageContaining("Nothing was written.")
                .hasMessageContaining("save-case");
    }

    @Test
    void aFailedProofIsKeptInAFolder() throws IOException {
        MigrationSet files = files();
        WantedSchema wanted = impossible();
        Path kept = elsewhere.resolve("case");

        assertThatThrownBy(() -> author().keepingFailures(kept)
                        .draft(files, wanted, DiffOptions.DEFAULT, RenameDecision.NONE, NAMING))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Both schemas and the files that were tried are in " + kept);

        assertThat(kept.resolve("before.sql")).content().contains("CREATE TABLE public.patients (");
        assertThat(kept.resolve("wanted.sql")).content().contains("notes");
        assertThat(kept.resolve("failure.txt")).content().contains("\"nowhere\"");
        assertThat(kept.resolve("files/002_add_notes.sql")).content().contains("ADD COLUMN notes");
    }
}
