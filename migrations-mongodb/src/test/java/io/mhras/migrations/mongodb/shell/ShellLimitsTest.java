package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.mongodb.MongoSettings.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stops a script that does not stop by itself. */
@Timeout(60)
class ShellLimitsTest extends ShellTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private ScriptFailure failure(Limits limits, String text) {
        try (MongoShell limited = MongoShell.start(new OwnCollections("limits", List.of()), limits)) {
            return Assertions.catchThrowableOfType(
                    ScriptFailure.class, () -> run(limited, script(text), Replay.begin(Instant.now())));
        }
    }

    @Test
    void aScriptThatComputesForTooLongIsStopped() {
        ScriptFailure failure = failure(new Limits(Duration.ofMillis(200), 0, 0), "let n = 0;\nfor (;;) n++;");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.error())
                .isEqualTo("the script was stopped: it computed for more than 200 ms, the server's time not counted");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aTimeOfZeroIsNoLimit() {
        assertThat(failure(new Limits(Duration.ZERO, 0, 0), "for (let i = 0; i < 1_000_000; i++);"))
                .isNull();
    }

    @Test
    void aScriptCannotCatchThat() {
        ScriptFailure failure = failure(
                new Limits(Duration.ofMillis(200), 0, 0),
                "function f() {\n  for (;;) try { for (;;); } catch (e) {} finally { for (;;); }\n}\nf();");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.error()).startsWith("the script was stopped");
    }

    @Test
    void theServersTimeDoesNotCount() {
        assertThat(failure(new Limits(Duration.ofSeconds(20), 0, 0), "sleep(300); print(1);"))
                .isNull();
        ScriptFailure failure = failure(new Limits(Duration.ofMillis(1), 0, 0), "sleep(300); for (;;);");
        assertThat(failure.error()).contains("more than 1 ms");
    }

    @Test
    void aScriptThatRunsTooManyStatementsIsStopped() {
        assertThat(failure(new Limits(LONG, 1000, 0), "let n = 0;\nfor (;;) n++;")
                        .error())
                .isEqualTo("the script was stopped: it ran more statements than the limit allows");
        assertThat(failure(new Limits(LONG, 1000, 0), "for (let i = 0; i < 100; i++) db.c.countDocuments();"))
                .isNull();
    }

    @Test
    void aScriptThatFillsTheHeapIsStopped() {
        ScriptFailure failure = failure(
                new Limits(LONG, 0, 64 << 20),
                "const kept = [];\nfor (let i = 0; ; i++) kept.push({ i, text: 'x' + i });");
        assertThat(failure.error()).isEqualTo("the script was stopped: the heap grew by more than 64 MB while it ran");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void aScriptThatOnlyMakesGarbageIsNot() {
        String text = "let last;\nfor (let i = 0; i < 300_000; i++) last = { i, list: [i, i, i], text: 'x' + i };";
        assertThat(failure(new Limits(LONG, 0, 64 << 20), text)).isNull();
    }

    @Test
    void anInterruptionStopsIt() throws InterruptedException {
        Throwable[] outcome = new Throwable[1];
        boolean[] interrupted = new boolean[1];
        Thread runner = new Thread(() -> {
            outcome[0] = Assertions.catchThrowable(() -> run("print('running');\nfor (;;);"));
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        runner.start();
        while (printed.isEmpty()) {
            Thread.onSpinWait();
        }
        runner.interrupt();
        runner.join();
        assertThat(outcome[0])
                .isInstanceOf(ScriptFailure.class)
                .hasMessage("the script was stopped: its thread was interrupted");
        assertThat(interrupted[0]).isTrue();
    }

    @Test
    void endlessRecursionIsTheScriptsError() {
        ScriptFailure failure = failure(Limits.DEFAULT, "function f() {\n  f();\n}\nf();");
        assertThat(failure.error()).isEqualTo("RangeError: Maximum call stack size exceeded");
    }
}
