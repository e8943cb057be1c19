package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the checks of what is applied: those whose migrations were taken back or are pending say nothing about the database. */
final class LaterVerification {

    private final StatusAssessment assessment;
    private final AppliedMigrations applied;
    private final Duration timeout;
    private final List<Check> checks = new ArrayList<>();
    private final List<MigrationVersion> unchecked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Consumer<Check> listener;

    LaterVerification(StatusAssessment assessment, Duration timeout, Consumer<Check> listener) {
        this.assessment = assessment;
        this.applied = assessment.applied();
        this.timeout = timeout;
        this.listener = listener;
    }

    VerificationResult run(Collection<String> versions) {
        Instant at = Instant.now();
        long started = System.nanoTime();
        List<HistoryEntry> wanted = wanted(versions);
        List<Migration> ready = new ArrayList<>();
        for (HistoryEntry entry : wanted) {
            Migration migration = assessment.set().find(entry.version()).orElse(null);
            if (migration == null) {
                run(ready);
                add(Check.notRun(
                        entry.version(),
                        title(entry),
                        Outcome.GONE,
                        "its file is gone, and the history keeps no checks"));
            } else if (migration.verify() == null) {
                unchecked.add(migration.version());
            } else if (migration.verifyBeside(applied::contains) == null) {
                run(ready);
                add(ended(migration, migration.verify()));
            } else {
                ready.add(migration);
            }
        }
        run(ready);
        noteChanged(wanted);
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        return new VerificationResult(assessment.status().database(), at, duration, checks, unchecked, notes);
    }

    /** Those in turn, so that the results come in the order in which the migrations were applied. */
    private void run(List<Migration> ready) {
        if (!ready.isEmpty()) {
            assessment.driver().verify(List.copyOf(ready), timeout, this::add);
            ready.clear();
        }
    }

    private void add(Check check) {
        checks.add(check);
        listener.accept(check);
    }

    private static Check ended(Migration migration, MigrationScript verify) {
        return Check.notRun(
                migration.version(),
                verify.name(),
                Outcome.ENDED,
                "ended by " + Objects.requireNonNull(verify.options().until()));
    }

    private List<HistoryEntry> wanted(Collection<String> versions) {
        if (versions.isEmpty()) {
            return applied.inOrder();
        }
        List<MigrationVersion> named = versions.stream()
                .map(text -> assessment
                        .set()
                        .resolve(
                                text,
                                applied.inOrder().stream()
                                        .map(HistoryEntry::version)
                                        .toList()))
                .toList();
        for (MigrationVersion version : named) {
            if (!applied.contains(version)) {
                throw new InvalidTarget(
                        version + " is not applied: its checks say nothing about this database.",
                        "Apply it first; its checks run then, too.");
            }
        }
        return applied.inOrder().stream()
                .filter(entry -> named.contains(entry.version()))
                .toList();
    }

    /** A check as it is now, beside a change as it was then: both stand in the result. */
    private void noteChanged(List<HistoryEntry> wanted) {
        Stream<Item> changed = assessment.status().migrations().stream()
                .filter(item -> item.state() == MigrationState.CHANGED)
                .filter(item ->
                        wanted.stream().anyMatch(entry -> entry.version().equals(item.version())));
        changed.forEach(item -> notes.add(item.version()
                + " was changed since it was applied; its checks were run as they are now, on what it did then."));
    }

    private static String title(HistoryEntry entry) {
        return entry.version().isRepeatable() || entry.description().isEmpty()
                ? entry.version().toString()
                : entry.version() + " " + entry.description();
    }
}
