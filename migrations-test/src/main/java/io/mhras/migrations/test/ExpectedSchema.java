package io.mhras.migrations.test;

import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaText;
import io.mhras.migrations.schema.SchemaTextComparison;
import io.mhras.migrations.test.server.TestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file beside migrations that says what they make. */
final class ExpectedSchema {

    private static final Logger log = LoggerFactory.getLogger(ExpectedSchema.class);
    private static final String NAME = "expected-schema.txt";
    private static final String UPDATE = "mhras.test.update-snapshot";

    private final Migrations migrations;
    private final String folder;
    private final boolean isOnClassPath;

    private ExpectedSchema(Migrations migrations) {
        this.migrations = migrations;
        String location = migrations.locations().get(0);
        this.isOnClassPath = location.startsWith("classpath");
        this.folder = location.substring(location.indexOf(':') + 1).replaceFirst("/+$", "");
    }

    /** How the schema differs; empty if it does not. */
    static Optional<String> problemOf(Migrations migrations) {
        try {
            return new ExpectedSchema(migrations).problem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> problem() throws IOException {
        String actual = actual();
        if (TestSettings.read(migrations.classLoader()).updatesSnapshot()) {
            Path file = fileInSources();
            Files.writeString(file, actual);
            log.info("Wrote {}", file);
            return Optional.empty();
        }
        String expected = expected();
        if (expected == null) {
            return Optional.of(
                    "There is no " + NAME + " in " + migrations.locations().get(0)
                            + ".\n\nWhat to do: Run the test once with -D" + UPDATE + "=true, and commit the file.");
        }
        SchemaTextComparison comparison = new SchemaTextComparison(expected, actual);
        if (!comparison.isPossible()) {
            log.warn(
                    "{} in {} was written on {}, and the server of the tests is {}, which has other words for the same:"
                            + " nothing was compared",
                    NAME,
                    migrations.locations().get(0),
                    SchemaTextComparison.server(expected),
                    SchemaTextComparison.server(actual));
            return Optional.empty();
        }
        return comparison.differences().isEmpty()
                ? Optional.empty()
                : Optional.of("The migrations make another schema than " + NAME + " in "
                        + migrations.locations().get(0) + " says (- is in the file only, + in the database only):\n\n  "
                        + String.join("\n  ", comparison.differences())
                        + "\n\nWhat to do: If the migrations are right, run the test once with -D" + UPDATE
                        + "=true, and commit the file.");
    }

    private String actual() {
        try (TestDatabase database = migrations.database()) {
            return new SchemaText(new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, false))
                    .toString();
        }
    }

    private @Nullable String expected() throws IOException {
        if (!isOnClassPath) {
            Path file = Path.of(folder, NAME);
            return Files.exists(file) ? Files.readString(file) : null;
        }
        try (InputStream in = migrations.classLoader().getResourceAsStream(folder + "/" + NAME)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path fileInSources() {
        return SourceFolder.of(
                        migrations.test(),
                        migrations.locations().get(0),
                        "Write the file with 'migrations snapshot --update'.")
                .resolve(NAME);
    }
}
