package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.mhras.migrations.cli.options.EnvFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The variables that a file has beside those of the environment. */
class EnvFileTest extends CommandTest {

    private Map<String, String> read(Map<String, String> environment, String text) throws IOException {
        Path file = folder.resolve("../env-" + database.name()).normalize();
        Files.writeString(file, text);
        try {
            return EnvFile.added(environment, file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aFileIsReadAsServicesReadIt() throws IOException {
        assertThat(read(Map.of("HOME", "/home/ann"), """
                \ufeff# the clinic
                PLAIN=one # a note
                export EXPORTED = two
                EMPTY=
                HASH=a#b
                SINGLE='${PLAIN} # "kept"'
                DOUBLE="${PLAIN}\\n\\"quoted\\" \\$5"
                LINES="one
                two"
                BRACES=${HOME}/${PLAIN}/${MISSING}/${MISSING:-none}
                PASSWORD=pa$$word$HOME
                not an assignment
                WINDOWS=crlf\r
                LAST=end"""))
                .containsOnly(
                        entry("HOME", "/home/ann"),
                        entry("PLAIN", "one"),
                        entry("EXPORTED", "two"),
                        entry("EMPTY", ""),
                        entry("HASH", "a#b"),
                        entry("SINGLE", "${PLAIN} # \"kept\""),
                        entry("DOUBLE", "one\n\"quoted\" $5"),
                        entry("LINES", "one\ntwo"),
                        entry("BRACES", "/home/ann/one/${MISSING}/none"),
                        entry("PASSWORD", "pa$$word$HOME"),
                        entry("WINDOWS", "crlf"),
                        entry("LAST", "end"));
    }

    @Test
    void theEnvironmentWins() throws IOException {
        assertThat(read(Map.of("DATABASE_URL", "of the environment"), "DATABASE_URL=of the file\n"))
                .containsExactly(entry("DATABASE_URL", "of the environment"));
    }

    @Test
    void aGivenFileLeadsToTheDatabase() throws IOException {
        writeThree();
        write("conf/clinic.env", "DATABASE_URL='" + database.url() + "'\nMIGRATION_PATH=" + folder + "\n");

        CommandRun run = CommandRun.of(
                Map.of(),
                "status",
                "--env-file",
                folder.resolve("conf/clinic.env").toString());

        assertThat(run.out()).contains("postgresql: 3 to apply");
    }

    @Test
    void theOneInTheWorkingFolderIsReadByItself() throws IOException, InterruptedException {
        writeThree();
        write("work/.env", "DATABASE_URL=\"" + database.url() + "\"\nMIGRATION_PATH=..\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigrationsCommand.class.getName(),
                        "status"))
                .directory(folder.resolve("work").toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("DATABASE"));
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("postgresql: 3 to apply");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        CommandRun missing = run("status", "--env-file", folder + "/nowhere.env");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains(folder + "/nowhere.env cannot be read: it is not there.", "--env-file");

        write("open.env", "A=1\n\nDATABASE_URL=\"postgresql://db\n");
        assertThat(run("status", "--env-file", folder + "/open.env").err())
                .contains(folder + "/open.env:3: the value begins with \", and nothing ends it.")
                .doesNotContain("postgresql://db");
    }
}
