package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Writes migration files into a folder of a test, and loads them. */
record MigrationFolder(Path path) {

    MigrationFolder with(String file, String text) {
        return with(file, text.getBytes(UTF_8));
    }

    MigrationFolder with(String file, byte[] bytes) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String location(String file) {
        return "filesystem:" + path.resolve(file);
    }

    MigrationLoader loader() {
        return loader(DatabaseKind.POSTGRESQL, Map.of());
    }

    MigrationLoader loader(DatabaseKind kind, Map<String, String> placeholders) {
        return new MigrationLoader(
                List.of("filesystem:" + path), kind, placeholders, MigrationFolder.class.getClassLoader());
    }

    MigrationSet load() {
        return loader().load();
    }

    Migration load(String version) {
        return load().find(MigrationVersion.of(version)).orElseThrow();
    }

    /** Loads, and gives the error. */
    InvalidMigration error() {
        return Assertions.catchThrowableOfType(InvalidMigration.class, this::load);
    }

    /** The error's message, with file names instead of whole locations. */
    String errorText() {
        return String.valueOf(error().getMessage()).replace("filesystem:" + path + "/", "");
    }
}
