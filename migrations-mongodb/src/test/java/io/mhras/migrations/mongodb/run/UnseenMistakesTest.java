package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.source.MigrationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is easily overlooked in a script: characters that no editor shows, placeholders without a value, nothing at all. */
class UnseenMistakesTest extends MongoTest {

    @TempDir
    private Path folder;

    private Migrator load(String text) throws IOException {
        Files.writeString(folder.resolve("001_a.js"), text);
        MigrationLoader loader = new MigrationLoader(
                List.of("filesystem:" + folder),
                DatabaseKind.MONGODB,
                Map.of(),
                getClass().getClassLoader());
        return new Migrator(new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT), loader::load);
    }

    @ParameterizedTest
    @CsvSource({"200B, ZERO WIDTH SPACE", "001A, SUBSTITUTE", "202E, RIGHT-TO-LEFT OVERRIDE"})
    void anInvisibleCharacterIsNamedWithItsPlace(String codePoint, String name) {
        String character = Character.toString(Integer.parseInt(codePoint, 16));

        assertThat(failure("db.a.insertOne({ _id: '" + character + "' });\n  " + character + "db.a.drop();\n"))
                .hasMessageContaining(
                        "What to do: Take U+" + codePoint + " " + name
                                + " out of line 2, column 3: no editor shows it, and JavaScript does not take it for a space. ");
    }

    @Test
    void whatJavaScriptTakesForASpaceIsLeftAlone() {
        migrate("db.a.insertOne(\u00A0{ _id: 1 });\n\uFEFFdb.a.insertOne({ _id: '\u200B' });");

        assertThat(count("a")).isEqualTo(2);
    }

    @Test
    void aPlaceholderInAStringIsNamedAndATemplateIsNot() throws IOException {
        assertThat(load("const n = 1;\ndb.a.insertOne({ _id: `${n}`, owner: '${owner}' });")
                        .migrate(Target.HEAD)
                        .notes())
                .containsExactly(
                        "filesystem:" + folder.resolve("001_a.js") + ":2:39: ${owner} has no value and is left as it"
                                + " is; the setting 'mhras.migrations.placeholders.owner' gives it one.");
    }

    @ParameterizedTest
    @CsvSource({"''", "// nothing"})
    void anEmptyScriptDoesNothing(String text) throws IOException {
        Migrator migrator = load(text);

        assertThat(migrator.migrate(Target.HEAD).events()).hasSize(1);
        assertThat(migrator.migrations().notes()).containsExactly("001_a.js has no statement in it: it does nothing.");
        assertThat(migrator.rollback(Target.BASE).events()).hasSize(1);
    }
}
