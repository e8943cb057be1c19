package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.TestMigrations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {

    @TempDir
    Path path;

    private MigrationFolder folder;

    @BeforeEach
    void begin() {
        folder = new MigrationFolder(path);
    }

    private MigrationScript script(String text, Map<String, String> placeholders) {
        return TestMigrations.script(folder.with("001_x.sql", text)
                .loader(DatabaseKind.POSTGRESQL, placeholders)
                .load()
                .find(MigrationVersion.of("001"))
                .orElseThrow()
                .up());
    }

    @Test
    void theChecksumIsWhatSha256sumPrints() {
        assertThat(script("SELECT 1;\n", Map.of()).checksum())
                .isEqualTo("b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd");
    }

    @Test
    void byteOrderMarkAndLineEndsAreNotInTheChecksum() {
        assertThat(script("\uFEFFSELECT 1;\r\n", Map.of()).checksum())
                .isEqualTo(script("SELECT 1;\n", Map.of()).checksum());
    }

    @Test
    void theTextComesWithoutByteOrderMarkAndOtherwiseAsItIs() {
        assertThat(script("\uFEFFSELECT 'Grüße 😀';\r\n", Map.of()).text()).isEqualTo("SELECT 'Grüße 😀';\r\n");
    }

    @Test
    void declaredPlaceholdersAreReplacedAndAllElseStays() {
        MigrationScript script = script(
                "GRANT ${role} TO ${user};${}${ role}${role\n-- ${other} $${role}} ${outer${role}}",
                Map.of("role", "reader", "user", "${role}"));

        assertThat(script.text())
                .isEqualTo("GRANT reader TO ${role};${}${ role}${role\n-- ${other} $reader} ${outerreader}");
    }

    @Test
    void withoutDeclaredPlaceholdersNothingIsReplaced() {
        assertThat(script("SELECT '${role}';", Map.of()).text()).isEqualTo("SELECT '${role}';");
    }

    @Test
    void theChecksumIsThatOfTheFileWhateverThePlaceholders() {
        String text = "GRANT ${role} TO me;";

        assertThat(script(text, Map.of("role", "reader")).checksum())
                .isEqualTo(script(text, Map.of("role", "writer")).checksum());
    }

    @Test
    void malformedUtf8IsNamedWithItsByte() {
        folder.with("001_x.sql", "SELECT 1;\nSELECT 'Grüße';".getBytes(ISO_8859_1));

        assertThat(folder.errorText())
                .isEqualTo("001_x.sql:2:11: the file is not UTF-8: byte 20 (0xFC) does not belong there.\n\n"
                        + "What to do: Save the file as UTF-8.");
    }

    @Test
    void anUnfinishedCharacterAtTheEndIsMalformedToo() {
        byte[] whole = "SELECT 1; -- ü".getBytes(UTF_8);
        folder.with("001_x.sql", Arrays.copyOf(whole, whole.length - 1));

        assertThat(folder.errorText()).startsWith("001_x.sql:1:14: the file is not UTF-8: byte 13 (0xC3)");
    }

    @Test
    void malformedUtf8FarIntoALongFileIsFound() {
        byte[] text = "-- ü\n".repeat(10_000).concat("SELECT 1;").getBytes(UTF_8);
        text[text.length - 1] = (byte) 0x80;
        folder.with("001_x.sql", text);

        assertThat(folder.errorText()).startsWith("001_x.sql:10001:9: the file is not UTF-8: byte 60008 (0x80)");
    }

    @Test
    void utf16IsRecognised() {
        folder.with("001_x.sql", "SELECT 1;".getBytes(UTF_16));

        assertThat(folder.errorText())
                .isEqualTo("001_x.sql:1:1: the file is not UTF-8: byte 0 (0xFE) does not belong there.\n\n"
                        + "What to do: Save the file as UTF-8. It looks like UTF-16.");
    }

    @Test
    void aNulByteIsNamedWithItsPlace() {
        folder.with("001_x.sql", "SELECT 1;".getBytes(UTF_16LE));

        assertThat(folder.errorText())
                .isEqualTo(
                        "001_x.sql:1:2: byte 1 is NUL, which no database accepts in a text.\n\n"
                                + "What to do: Take the byte out; if there are many, the file may be UTF-16: save it as UTF-8.");
    }

    @Test
    void aFileThatChangedSinceItWasLoadedDoesNotRun() {
        MigrationScript script = script("SELECT 1;", Map.of());
        folder.with("001_x.sql", "SELECT 2;");

        assertThatThrownBy(script::open)
                .isInstanceOf(InvalidMigration.class)
                .hasMessage(script.location() + ": the file was changed while the migrations were at work.\n\n"
                        + "What to do: Start again, with files that nothing else writes to.");
    }

    @Test
    void ofALargeFileThatChangedSinceItWasLoadedNoPartIsCommitted() {
        MigrationScript script = script("SELECT 1;\n".repeat(200_000), Map.of());
        folder.with("001_x.sql", "SELECT 1;\n".repeat(199_999) + "SELECT 2;\n");

        assertThatThrownBy(script::requireUnchanged)
                .isInstanceOf(InvalidMigration.class)
                .hasMessageStartingWith(
                        script.location() + ": the file was changed while the migrations were at work.");
    }

    @Test
    void aLargeFileThatChangesWhileItRunsDoesNotComeToItsEnd() throws IOException {
        MigrationScript script = script("SELECT 1;\n".repeat(200_000), Map.of());
        try (BufferedReader reader = new BufferedReader(script.open())) {
            assertThat(reader.readLine()).isEqualTo("SELECT 1;");
            folder.with("001_x.sql", "SELECT 2;\n".repeat(200_000));

            assertThatThrownBy(() -> reader.transferTo(Writer.nullWriter()))
                    .isInstanceOf(InvalidMigration.class)
                    .hasMessageStartingWith(
                            script.location() + ": the file was changed while the migrations were at work.");
        }
    }

    @Test
    void aLargeFileComesWholeWithoutByteOrderMarkAndWithItsPlaceholdersReplaced() {
        String line = "GRANT ${role} TO 'ü😀${other}';\r\n";
        MigrationScript script = script("\uFEFF" + line.repeat(50_000), Map.of("role", "reader"));

        assertThat(script.text()).isEqualTo(line.replace("${role}", "reader").repeat(50_000));
    }

    @Test
    void aFileThatIsGoneSinceItWasLoadedIsNamed() throws IOException {
        MigrationScript script = script("SELECT 1;", Map.of());
        Files.delete(path.resolve("001_x.sql"));

        assertThatThrownBy(script::text)
                .isInstanceOf(InvalidMigration.class)
                .hasMessageStartingWith(script.location() + ": the file cannot be read: ")
                .hasMessageEndingWith("What to do: Check that the file is still there and readable.");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        folder.with("001_x.sql", "SELECT 1;");
        Files.delete(path.resolve("001_x.sql"));
        Files.createSymbolicLink(path.resolve("001_x.sql"), Path.of("nowhere"));

        assertThat(folder.errorText())
                .startsWith("001_x.sql: the file cannot be read: ")
                .endsWith("What to do: Check that the file is still there and readable.");
    }
}
