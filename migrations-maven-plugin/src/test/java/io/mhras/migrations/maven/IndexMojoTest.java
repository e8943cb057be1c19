package io.mhras.migrations.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexMojoTest {

    @TempDir
    private Path target;

    private final IndexMojo index = new IndexMojo();
    private Path classes = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        classes = target.resolve("classes");
        Files.createDirectories(classes.resolve("db/migration"));
        index.classes = classes.toFile();
        index.folders = List.of("db/migration");
    }

    @Test
    void theIndexIsInTheFolderOfTheClasses() throws Exception {
        Files.writeString(classes.resolve("db/migration/001_a.sql"), "SELECT 1;");
        Files.writeString(classes.resolve("db/migration/001_b.js"), "db.b.insertOne({});");

        index.execute();

        assertThat(classes.resolve("mhras-migrations.index"))
                .content()
                .contains("db/migration/001_a.sql", "db/migration/001_b.js");
    }

    @Test
    void aWrongFileFailsTheBuild() throws IOException {
        Files.writeString(classes.resolve("db/migration/001_a.sql"), "-- migrate:when\nSELECT 1;");

        assertThatThrownBy(index::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("001_a.sql:1:12: there is no option 'migrate:when'.");

        Files.delete(classes.resolve("db/migration/001_a.sql"));
        Files.writeString(classes.resolve("db/migration/001_a.js"), "// migrate:when\n");

        assertThatThrownBy(index::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("001_a.js:1:12: there is no option 'migrate:when'.");
    }
}
