package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.testing.Mongosh;
import io.mhras.migrations.testing.mongodb.DatabaseText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same script through mongosh and through ours, into two fresh databases: what is in them afterwards, and what was
 * printed, is the same. See CONTRIBUTING.md for how to get mongosh.
 */
class MongoshDifferentialTest extends ShellTest {

    @BeforeAll
    static void needsMongosh() {
        Mongosh.assume();
    }

    static List<Path> scripts() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(MongoshDifferentialTest.class.getResource("differential"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void mongoshAndTheShellDoTheSame(Path file) throws IOException, InterruptedException {
        String theirs = database.getName() + "_mongosh";
        Mongosh.Outcome expected = Mongosh.run(mongo().url(), theirs, file);
        try {
            boolean failed = fails(file);
            assertThat(failed)
                    .as("fails, as mongosh does: %s", expected.output())
                    .isEqualTo(expected.failed());
            assertThat(DatabaseText.of(database))
                    .isEqualTo(DatabaseText.of(mongo().client().getDatabase(theirs)));
            if (!failed) {
                String output = String.join("\n", printed).replace(database.getName(), "DB");
                assertThat(output).isEqualToIgnoringNewLines(expected.output().replace(theirs, "DB"));
            }
        } finally {
            mongo().client().getDatabase(theirs).drop();
        }
    }

    private boolean fails(Path file) throws IOException {
        MigrationScript script =
                MigrationScript.ofText(file.getFileName().toString(), file.toString(), Files.readString(file));
        shell().validate(script);
        return Assertions.catchThrowable(() -> run(shell(), script, Replay.begin(Instant.now()))) != null;
    }
}
