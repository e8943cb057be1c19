package io.mhras.migrations;

import io.mhras.migrations.MigrationResult.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one database to the schema that the migrations describe, and says where it stands.
 *
 * <p>Thread-safe, and safe between processes: what changes something holds the database's migration lock. The migrations
 * are loaded once, when first needed. Everything it throws is a {@link MigrationException}.
 */
public final class Migrator {

    private final MigrationDriver driver;
    private final Supplier<MigrationSet> source;
    private final MigratorSettings settings;
    private final List<MigrationListener> listeners;
    private volatile @Nullable MigrationSet loaded;

    /** A migrator with default settings that writes to the log. */
    public Migrator(MigrationDriver driver, Supplier<MigrationSet> source) {
        this(driver, source, MigratorSettings.DEFAULT, List.of(new MigrationLog()));
    }

    private Migrator(
            MigrationDriver driver,
            Supplier<MigrationSet> source,
            MigratorSettings settings,
            List<MigrationListener> listeners) {
        this.driver = driver;
        this.source = source;
        this.settings = settings;
        this.listeners = listeners;
    }

    /** The same with other settings. */
    public Migrator with(MigratorSettings newSettings) {
        return new Migrator(driver, source, newSettings, listeners);
    }

    /** The same with one listener more. */
    public Migrator with(MigrationListener listener) {
        List<MigrationListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new Migrator(driver, source, settings, List.copyOf(more));
    }

    /** The database's name: {@code postgresql}, {@code mongodb}. */
    public String database() {
        return driver.database();
    }

    /** The settings in force. */
    public MigratorSettings settings() {
        return settings;
    }

    /** The migrations that there are files for. */
    public MigrationSet migrations() {
        MigrationSet set = loaded;
        if (set == null) {
            set = source.get();
            loaded = set;
        }
        return set;
    }

    /** Where the database stands. One query, two if files were changed; no lock, nothing is written. */
    public MigrationStatus status() {
        MigrationStatus status = assess().status();
        listeners.forEach(listener -> listener.onStatus(status));
        return status;
    }

    /** What has happened to the database, newest first. */
    public List<HistoryEntry> history() {
        return driver.entries().stream()
                .sorted(Comparator.comparingLong(HistoryEntry::id).reversed())
                .toList();
    }

    /**
     * Checks that everything is applied and that files and history agree.
     *
     * @throws MigrationException.HistoryConflict if they contradict each other
     * @throws MigrationException.Refused if something is pending
     */
    public void validate() {
        if (isUpToDate(Target.HEAD)) {
            return;
        }
        StatusAssessment assessment = assess();
        MigrationPlan plan = new MigrationPlanner(assessment).toMigrate(Target.HEAD, settings.outOfOrder());
        if (!plan.isEmpty()) {
            throw new MigrationException.Refused(
                    "The schema is not at the head.\n" + plan.describe().stripTrailing(),
                    "Apply the migrations first.");
        }
    }

    /** The steps to the target, as {@link #migrate} would take them now. Nothing is written, no lock is taken. */
    public MigrationPlan plan(Target target) {
        return new MigrationPlanner(assess()).toMigrate(target, settings.outOfOrder());
    }

    /** The steps back to the target, as {@link #rollback} would take them now. Nothing is written, no lock is taken. */
    public MigrationPlan planRollback(Target target) {
        return new RollbackPlanner(assess()).toRollback(target, driver::scripts);
    }

    /** Applies what is pending up to the target. If nothing is: one query, no lock. */
    public MigrationResult migrate(Target target) {
        return run(Operation.MIGRATE, started -> {
            if (isUpToDate(target)) {
                return done(Operation.MIGRATE, List.of(), started, List.of());
            }
            MigrationPlan plan = plan(target);
            return plan.isEmpty()
                    ? done(Operation.MIGRATE, List.of(), started, plan.notes())
                    : carryOut(
                            Operation.MIGRATE,
                            started,
                            session -> new MigrationPlanner(assess(session)).toMigrate(target, settings.outOfOrder()));
        });
    }

    /**
     * Takes migrations back, newest first, with their down scripts.
     *
     * @throws MigrationException.Refused before the first step if any of them has no down script
     */
    public MigrationResult rollback(Target target) {
        return run(Operation.ROLLBACK, started -> {
            MigrationPlan plan = planRollback(target);
            return plan.isEmpty()
                    ? done(Operation.ROLLBACK, List.of(), started, plan.notes())
                    : carryOut(
                            Operation.ROLLBACK,
                            started,
                            session -> new RollbackPlanner(assess(session)).toRollback(target, session::scripts));
        });
    }

    /** Marks what leads to the targets as applied, and everything else as not applied, without running anything. */
    public MigrationResult stamp(Target... targets) {
        List<Target> all = List.of(targets);
        return run(
                Operation.STAMP,
                started -> mark(Operation.STAMP, started, assessment -> new MarkPlanner(assessment).toStamp(all)));
    }

    /** Accepts the files as they are: the new text of changed ones, the absence of missing ones. Runs nothing. */
    public MigrationResult repair() {
        return run(
                Operation.REPAIR,
                started -> mark(Operation.REPAIR, started, assessment -> new MarkPlanner(assessment).toRepair()));
    }

    /**
     * Drops everything that the migrations made, and the history; says what was dropped.
     *
     * @throws MigrationException.Refused unless {@link MigratorSettings#cleanEnabled()}
     */
    public List<String> clean() {
        if (!settings.cleanEnabled()) {
            throw new MigrationException.Refused(
                    "Nothing was dropped: clean is not enabled.",
                    "If this database may lose everything in it, set clean-enabled to true.");
        }
        try (MigrationSession session = driver.open()) {
            return session.clean();
        }
    }

    /**
     * Waits until another process has applied everything.
     *
     * @throws MigrationException.TimedOut if that did not happen within the limit
     * @throws MigrationException.HistoryConflict if files and history contradict each other
     */
    public void await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isUpToDate(Target.HEAD)) {
            MigrationPlan plan = plan(Target.HEAD);
            if (plan.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new MigrationException.TimedOut(
                        "Waited " + limit.toSeconds() + " s for another process to migrate " + database() + ".\n"
                                + plan.describe().stripTrailing(),
                        "Look at the process that migrates; or raise the limit of the wait.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(250, 750));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException.TimedOut("The wait was interrupted.", "Start again.");
        }
    }

    /** The newest row's fingerprint says it: one row, whatever the number of migrations. */
    private boolean isUpToDate(Target target) {
        if (!(target instanceof Target.Head)) {
            return false;
        }
        Optional<HistoryEntry> newest = driver.newest();
        return newest.filter(entry -> entry.fingerprint().equals(migrations().fingerprint()))
                .isPresent();
    }

    private StatusAssessment assess() {
        return assess(driver);
    }

    private StatusAssessment assess(MigrationHistory history) {
        return StatusAssessment.of(migrations(), history, driver);
    }

    private MigrationResult run(Operation operation, Function<Long, MigrationResult> work) {
        listeners.forEach(listener -> listener.onStart(database(), operation));
        try {
            return work.apply(System.nanoTime());
        } catch (MigrationException e) {
            listeners.forEach(listener -> listener.onFailure(database(), operation, e));
            throw e;
        }
    }

    private MigrationResult carryOut(
            Operation operation, long started, Function<MigrationSession, MigrationPlan> planner) {
        List<HistoryEntry> events = new ArrayList<>();
        List<String> notes;
        try (MigrationSession session = driver.open()) {
            // Read again: another process may have done it while this one waited for the lock.
            MigrationPlan plan = planner.apply(session);
            notes = plan.notes();
            listeners.forEach(listener -> listener.onPlan(plan, operation));
            for (MigrationStep step : plan.steps()) {
                listeners.forEach(listener -> listener.onStep(database(), step));
                HistoryEntry entry =
                        step.script() == null ? session.record(List.of(step)).get(0) : session.execute(step);
                events.add(entry);
                listeners.forEach(listener -> listener.onStepDone(database(), step, entry));
            }
        }
        return done(operation, events, started, notes);
    }

    private MigrationResult mark(Operation operation, long started, Function<StatusAssessment, MigrationPlan> planner) {
        List<HistoryEntry> events;
        List<String> notes;
        try (MigrationSession session = driver.open()) {
            MigrationPlan plan = planner.apply(assess(session));
            notes = plan.notes();
            events = plan.isEmpty() ? List.of() : session.record(plan.steps());
        }
        return done(operation, events, started, notes);
    }

    private MigrationResult done(Operation operation, List<HistoryEntry> events, long started, List<String> notes) {
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        MigrationResult result = new MigrationResult(database(), operation, events, duration, notes);
        listeners.forEach(listener -> listener.onDone(result));
        return result;
    }
}
