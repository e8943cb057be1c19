package io.mhras.migrations.test;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.schema.Draft;
import io.mhras.migrations.schema.JpaEntities;
import io.mhras.migrations.schema.MigrationAuthor;
import io.mhras.migrations.schema.Naming;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.ScratchOptions;
import io.mhras.migrations.schema.report.EntityComparison;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import io.mhras.migrations.test.server.DatabaseServer;
import io.mhras.migrations.test.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a new migration for changed entities, on the server of the tests.
 *
 * @param migrations those that there are
 * @param entities the entities
 * @param comparison in what they differ
 */
record EntityFiles(Migrations migrations, JpaEntities entities, EntityComparison comparison) {

    /** Proved, and not written. */
    Draft draft(String words) {
        DatabaseServer server = TestServers.postgres(migrations.test());
        ScratchOptions scratch = new ScratchOptions(
                PostgresServer.at(server.url(), server.username(), server.password()),
                /* embedded= */ false,
                null,
                null,
                /* keep= */ false);
        MigrationAuthor author =
                new MigrationAuthor(null, scratch, migrations.settings(), MigratorSettings.DEFAULT, SchemaFilter.ALL);
        return entities.draft(
                author, migrations.files(), comparison, new Naming(words, null, /* isTime= */ false, List.of()));
    }

    /** Writes them beside the migrations, where the sources of those are. */
    List<Path> write(Draft draft) {
        Path folder = SourceFolder.of(
                migrations.test(),
                migrations.locations().get(0),
                "Make it, or name the folder of the migrations with 'filesystem:'.");
        for (NewFile file : draft.files()) {
            if (Files.exists(folder.resolve(file.name()))) {
                throw new Refused(
                        "There is a file " + folder.resolve(file.name())
                                + " already, and it is left as it is. Nothing was written.",
                        "Build the project, so that the test sees all of its migrations, and run it again.");
            }
        }
        try {
            List<Path> written = new ArrayList<>();
            for (NewFile file : draft.files()) {
                Path path = folder.resolve(file.name());
                Files.createDirectories(path.getParent() == null ? folder : path.getParent());
                written.add(Files.writeString(path, file.text()));
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the migration cannot be written", e);
        }
    }
}
