package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the same texts as the help. */
class CompletionTest {

    @TempDir
    Path folder;

    @Test
    void bashCompletesVerbsAndOptions() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/bin/bash")));
        CommandRun run = CommandRun.of(Map.of(), "completion");
        assertThat(run.code()).isZero();
        Path script = folder.resolve("completion");
        Files.writeString(script, run.out());

        assertThat(complete(script, "migrations", "roll")).isEqualTo("rollback\n");
        assertThat(complete(script, "migrations", "apply", "--dry")).isEqualTo("--dry-run\n");
        assertThat(complete(script, "migrations", "status", "--format", "")).contains("json");
    }

    private static String complete(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String quoted = line.isEmpty() ? "" : "'" + String.join("' '", words) + "'";
        Process bash = new ProcessBuilder("/bin/bash", "-c", """
                        source '%s'
                        COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
                        _complete_migrations
                        printf '%%s\\n' "${COMPREPLY[@]}"
                        """.formatted(script, quoted, words.length - 1, line))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return answer.replaceAll(" (?=\\n)", "");
    }

    @Test
    void theManualHasEachVerbWithItsExampleAndTheExitCodes() {
        String page = CommandRun.of(Map.of(), "man").out();

        assertThat(page)
                .startsWith(".TH MIGRATIONS 1\n")
                .contains(".SS apply, upgrade, migrate\n", ".B \\-n, \\-\\-dry\\-run\n", "Example: migrations apply")
                .contains(".SH EXIT STATUS\n.TP\n.B 0\ndone\n", ".B 130\ncancelled\n")
                .doesNotContain("${DEFAULT-VALUE}");
        assertThat(page.split("\\.B \\\\-\\\\-url URL\n", -1)).hasSize(2);
    }
}
