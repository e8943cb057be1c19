package io.mhras.migrations.test;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.Target;
import io.mhras.migrations.schema.JpaEntities;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.report.EntityComparison;
import io.mhras.migrations.source.MigrationTemplate;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the files of a new migration, after they were run up and down on a database of their own. */
final class EntityFiles {

    private final Migrations migrations;
    private final JpaEntities entities;
    private final EntityComparison comparison;
    private final String words;

    EntityFiles(Migrations migrations, JpaEntities entities, EntityComparison comparison, String words) {
        this.migrations = migrations;
        this.entities = entities;
        this.comparison = comparison;
        this.words = words;
    }

    /** The files, which are written into the sources of the migrations. */
    List<Path> write() {
        try {
            Path draft = Files.createTempDirectory("migrations-draft");
            try {
                Migrations withDraft = draft(draft);
                prove(withDraft);
                return move(draft);
            } finally {
                delete(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the migration cannot be written", e);
        }
    }

    private Migrations draft(Path folder) throws IOException {
        List<String> locations = new ArrayList<>(migrations.locations());
        locations.add("filesystem:" + folder);
        Migrations at = migrations;
        List<String> downs = entities.downFiles(comparison);
        int number = 0;
        for (Part part : comparison.up().parts()) {
            MigrationSet set = at.files();
            if (set.heads().size() > 1) {
                throw new Refused(
                        "There are several heads, and it is not said which of them the new migration follows.",
                        "Join them first with 'migrations merge'.");
            }
            MigrationTemplate template = new MigrationTemplate(set, DatabaseKind.POSTGRESQL, Clock.systemUTC());
            List<NewFile> files = template.change(words, template.next(), List.of());
            Files.writeString(folder.resolve(files.get(0).name()), entities.upFile(comparison, part));
            Files.writeString(folder.resolve(files.get(1).name()), downs.get(number++));
            at = migrations.at(locations);
        }
        return at;
    }

    private void prove(Migrations withDraft) {
        try (TestDatabase database = migrations.database()) {
            Reload reload = new PostgresSchema(database.dataSource()).reload();
            run(() -> withDraft.migrator(database.dataSource()).migrate(Target.HEAD), "The up files fail");
            same(
                    comparison.up().outcome(),
                    snapshot(database),
                    reload,
                    "The up files do not give what the entities say");
            run(
                    () -> withDraft
                            .migrator(database.dataSource())
                            .rollback(new Target.Back(comparison.up().parts().size())),
                    "The down files fail");
            if (comparison.down().statements().allMatch(statement -> statement.irreversible() == null)) {
                same(
                        comparison.there(),
                        snapshot(database),
                        reload,
                        "The down files do not give what was there before");
            }
        }
    }

    private static void run(Runnable step, String problem) {
        try {
            step.run();
        } catch (MigrationException e) {
            throw new Refused(problem + ", and nothing was written.\n\n" + e.problem(), "Write the migration by hand.");
        }
    }

    private static void same(SchemaSnapshot expected, SchemaSnapshot actual, Reload reload, String problem) {
        List<SchemaDifference> differences = expected.differencesTo(actual, reload);
        if (!differences.isEmpty()) {
            throw new Refused(
                    problem + ", and nothing was written. There differ:\n"
                            + differences.stream()
                                    .map(difference -> "  " + difference.id())
                                    .collect(Collectors.joining("\n")),
                    "Write the migration by hand.");
        }
    }

    private static SchemaSnapshot snapshot(TestDatabase database) {
        return new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false);
    }

    private List<Path> move(Path draft) throws IOException {
        Path folder = SourceFolder.of(
                migrations.test(),
                migrations.locations().get(0),
                "Make it, or name the folder of the migrations with 'filesystem:'.");
        List<Path> names;
        try (Stream<Path> files = Files.list(draft)) {
            names = files.sorted().toList();
        }
        for (Path file : names) {
            if (Files.exists(folder.resolve(file.getFileName().toString()))) {
                throw new Refused(
                        "There is a file " + folder.resolve(file.getFileName().toString())
                                + " already, and it is left as it is. Nothing was written.",
                        "Build the project, so that the test sees all of its migrations, and run it again.");
            }
        }
        List<Path> written = new ArrayList<>();
        for (Path file : names) {
            written.add(Files.copy(file, folder.resolve(file.getFileName().toString())));
        }
        return written;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
