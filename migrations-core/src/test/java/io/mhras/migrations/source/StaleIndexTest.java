package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an index says of files that are no longer what they were. */
class StaleIndexTest extends BuiltClasses {

    @ParameterizedTest
    @EnumSource
    void aFileThatWasChangedIsReadEvenIfItsSizeAndTimeAreTheSame(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Path file = classes.path().resolve(FOLDER + "002_b.sql");
        FileTime modified = Files.getLastModifiedTime(file);
        classes.with(FOLDER + "002_b.sql", "SELECT 3;");
        Files.setLastModifiedTime(file, modified);

        assertThat(checksums(packaged(packaging))).containsExactly("indexed", "read");
        assertThat(log()).singleElement().asString().endsWith("""
                /mhras-migrations.index is older than 1 of the files, such as classpath:db/migration/002_b.sql: these are read\
                 instead. Run the build again.""");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasAddedOrRenamedIsRead(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        classes.with(FOLDER + "003_c.sql", "SELECT 3;");
        Files.move(classes.path().resolve(FOLDER + "001_a.sql"), classes.path().resolve(FOLDER + "001_z.sql"));

        assertThat(checksums(packaged(packaging))).containsExactly("read", "indexed", "read");
        assertThat(log()).singleElement().asString().contains("older than 2 of the files");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasRemovedIsGone(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Files.delete(classes.path().resolve(FOLDER + "002_b.sql"));

        assertThat(checksums(packaged(packaging))).containsExactly("indexed");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatTakesTheNameOfAnotherIsRead(Packaging packaging) throws IOException {
        twoMigrations();
        index();
        forge();
        Path first = classes.path().resolve(FOLDER + "001_a.sql");
        Path second = classes.path().resolve(FOLDER + "002_b.sql");
        Files.move(first, path.resolve("kept"));
        Files.move(second, first);
        Files.move(path.resolve("kept"), second);

        assertThat(checksums(packaged(packaging))).containsExactly("read", "read");
    }

    @ParameterizedTest
    @CsvSource({"migrations 3 ,migrations 2 ", "001_a,001_b", "\\A,hello", "(?s).*,''"})
    void anIndexThatIsDamagedOrOfAnotherVersionIsIgnored(String what, String by) throws IOException {
        twoMigrations();
        index();
        forge();
        Path index = classes.path().resolve(MigrationIndex.NAME);
        String whole = Files.readString(index);
        Files.writeString(index, whole.replaceFirst(what, by));

        assertThat(checksums(packaged(Packaging.JAR))).containsExactly("read", "read");
        assertThat(log())
                .singleElement()
                .asString()
                .endsWith("/app.jar!/mhras-migrations.index is damaged or of another version: the"
                        + " migrations are read instead. Run the build again.");
    }

    @Test
    void anIndexThatIsCutOffIsIgnored() throws IOException {
        twoMigrations();
        index();
        forge();
        Path index = classes.path().resolve(MigrationIndex.NAME);
        String whole = Files.readString(index);
        for (int length = 0; length < whole.length(); length += 10) {
            Files.writeString(index, whole.substring(0, length));
            assertThat(checksums(packaged(Packaging.JAR))).containsExactly("read", "read");
        }
    }

    @Test
    void aCopyOfTheFolderIsRead() throws IOException {
        twoMigrations();
        index();
        forge();
        MigrationFolder copy = new MigrationFolder(path.resolve("image/classes"));
        for (String file : List.of(MigrationIndex.NAME, FOLDER + "001_a.sql", FOLDER + "002_b.sql")) {
            copy.with(file, Files.readAllBytes(classes.path().resolve(file)));
        }

        assertThat(checksums(copy.path())).containsExactly("read", "read");
        assertThat(log()).isEmpty();
    }
}
