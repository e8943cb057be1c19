package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pauses between the attempts of a script that needs locks which others hold. */
public final class LockRetries {

    private static final Logger log = LoggerFactory.getLogger(LockRetries.class);

    private final SessionWatch.Backoff settings;
    private final SessionWatch watch;
    private final long started = System.nanoTime();
    private Duration nextPause;
    private int attempts = 1;
    private List<MigrationActivity.Session> blockers = List.of();

    LockRetries(SessionWatch.Backoff settings, SessionWatch watch) {
        this.settings = settings;
        this.watch = watch;
        this.nextPause = settings.firstPause();
    }

    /**
     * Waits for a while, with nothing locked.
     *
     * @return whether there is time for another attempt; false without a pause
     */
    public boolean pause(String script, StatementFailed failure) {
        List<MigrationActivity.Session> seen = watch.blockers();
        blockers = seen.isEmpty() ? blockers : seen;
        Duration left = settings.limit().minus(elapsed());
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        // Not all at the same time: scripts that blocked each other once would do so again.
        long most = Math.min(nextPause.toMillis(), left.toMillis());
        long milliseconds = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        nextPause = min(nextPause.multipliedBy(2), settings.longestPause());
        attempts++;
        log.warn(
                "{}: {}{}; rolled back, attempt {} follows in {} ms",
                script,
                PostgresErrors.message(failure.error()),
                blockers.isEmpty() ? "" : ", held by " + holders(),
                attempts,
                milliseconds);
        sleep(milliseconds);
        return true;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private String holders() {
        return blockers.stream().map(MigrationPrinter::session).collect(Collectors.joining("; and by "));
    }

    private void sleep(long milliseconds) {
        try {
            if (!watch.sleep(milliseconds)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new MigrationException.TimedOut(
                "The wait for a lock of another session was interrupted.", "Start again.");
    }

    /** How often it was tried, and which sessions blocked it. */
    @Override
    public String toString() {
        String tries = attempts == 1
                ? ""
                : "Tried " + attempts + " times in " + elapsed().toSeconds() + " s. ";
        return (tries + (blockers.isEmpty() ? "" : "Held by " + holders())).strip();
    }
}
