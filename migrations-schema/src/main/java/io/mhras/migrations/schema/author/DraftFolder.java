package io.mhras.migrations.schema.author;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.schema.Naming;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.source.MigrationLoader;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The new files as long as they are not written where they belong: in a temporary folder, from which they run. */
final class DraftFolder implements AutoCloseable {

    private final MigrationSet present;
    private final Naming naming;
    private final DraftText text;
    private final Path folder;
    private final List<NewFile> files = new ArrayList<>();
    private List<Migration> drafted = List.of();
    private String newestUp = "";
    private String newestDown = "";

    DraftFolder(MigrationSet present, Naming naming, String wanted) {
        this.present = present;
        this.naming = naming;
        this.text = new DraftText(naming.words(), wanted, OwnSchema.of(present));
        try {
            this.folder = Files.createTempDirectory("migrations-new");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the up file of a part. */
    void addUp(Part part, SchemaPlan plan, boolean isLast) {
        MigrationTemplate template = new MigrationTemplate(all(), DatabaseKind.POSTGRESQL, Clock.systemUTC());
        boolean isFirst = files.isEmpty();
        MigrationVersion version = version(template, isFirst);
        List<MigrationVersion> requires = isFirst ? naming.requires() : List.of();
        List<NewFile> empty = template.change(naming.words(), version, requires);
        newestUp = empty.get(0).name();
        newestDown = empty.get(1).name();
        write(new NewFile(newestUp, text.up(part, requires, isLast ? plan.heldBack() : List.of())));
        load();
    }

    private MigrationVersion version(MigrationTemplate template, boolean isFirst) {
        if (naming.isTime()) {
            return template.nextTime();
        }
        String version = naming.version();
        return isFirst && version != null ? template.version(version) : template.next();
    }

    /**
     * Adds what takes back the part that was added last.
     *
     * @param deleted of what that part deletes the data
     */
    void addDown(SchemaPlan down, List<String> deleted) {
        write(new NewFile(newestDown, text.down(down, newestUp, deleted)));
        load();
    }

    private void write(NewFile file) {
        try {
            Path path = folder.resolve(file.name());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.text());
            files.add(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load() {
        drafted = new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        Objects.requireNonNull(DraftFolder.class.getClassLoader()))
                .load()
                .migrations();
    }

    /** The files that there are, and the new ones. */
    MigrationSet all() {
        return Authoring.with(present, drafted);
    }

    /** The up file that was added last. */
    String newestName() {
        return newestUp;
    }

    /** Each up file followed by its down file. */
    List<NewFile> files() {
        return List.copyOf(files);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
