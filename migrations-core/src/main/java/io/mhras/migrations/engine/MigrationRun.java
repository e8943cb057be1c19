package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationCode;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationSession.Stop;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.text.SettingNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run under way: in one thread, and another one can stop it. */
final class MigrationRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    private final Migrator migrator;
    private final Thread thread = Thread.currentThread();
    private final List<HistoryEntry> done = new ArrayList<>();
    private List<MigrationStep> steps = List.of();
    private @Nullable MigrationSession session;
    private boolean isOver;

    /** A run in this thread. */
    MigrationRun(Migrator migrator) {
        this.migrator = migrator;
        migrator.runs().add(this);
    }

    /** Takes the lock, and the steps of the plan as it then is; returns what was recorded. */
    List<HistoryEntry> carryOut(
            Operation operation, Function<MigrationHistory, MigrationPlan> planner, Predicate<HistoryEntry> isDone) {
        Optional<MigrationSession> opened = migrator.driver().open(new Observer(migrator), isDone);
        if (opened.isEmpty()) {
            return List.of();
        }
        try (MigrationSession held = opened.get()) {
            enter(held);
            try {
                // Planned again: another process may have done it while this one waited for the lock.
                begin(supported(planner.apply(held), migrator.driver()), operation);
                if (steps.stream().allMatch(step -> step.body() == null)) {
                    record(held);
                } else {
                    held.prepare(steps);
                    for (MigrationStep step : steps) {
                        requireGoing();
                        migrator.listeners().onStep(migrator.database(), step);
                        add(
                                step,
                                step.body() == null ? held.record(List.of(step)).get(0) : held.execute(step));
                    }
                }
                observe(held);
                return done;
            } catch (MigrationException.ScriptFailed e) {
                observe(held);
                throw e;
            } finally {
                enter(null);
            }
        }
    }

    /** Records what the structure has come to, where it is watched. What goes wrong in here undoes nothing of the run. */
    private void observe(MigrationSession held) {
        String fingerprint = done.isEmpty() ? "" : done.get(done.size() - 1).fingerprint();
        if (fingerprint.isEmpty()) {
            return;
        }
        Migration last = steps.get(done.size() - 1).migration();
        try {
            String structure = held.structure().orElse(null);
            if (structure != null) {
                held.record(List.of(MigrationStep.observing(last, fingerprint, structure)));
            }
        } catch (MigrationException e) {
            log.warn(
                    "The structure of {} could not be recorded; drift shows after the next run only. {}",
                    migrator.database(),
                    e.problem());
        }
    }

    /** Waits until the plan is empty: until another process has carried it out. */
    void await(Supplier<MigrationPlan> source, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (MigrationPlan plan = source.get(); !plan.runsNothing(); plan = source.get()) {
            if (System.nanoTime() > deadline) {
                throw new MigrationException.TimedOut(
                        "Waited " + limit.toSeconds() + " s for another process to migrate " + migrator.database()
                                + ".\n" + MigrationPrinter.plan(plan).stripTrailing(),
                        "Look at the process that migrates; or raise the setting " + SettingNames.quoted("wait-timeout")
                                + ".");
            }
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(250, 750));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw explain(new MigrationException.TimedOut(
                        "The wait for another process was interrupted.", "Start again."));
            }
        }
    }

    /** All of them or none. */
    private void record(MigrationSession held) {
        List<HistoryEntry> entries = steps.isEmpty() ? List.of() : held.record(steps);
        for (int i = 0; i < entries.size(); i++) {
            add(steps.get(i), entries.get(i));
        }
    }

    private void add(MigrationStep step, HistoryEntry entry) {
        done.add(entry);
        migrator.listeners().onStepDone(migrator.database(), step, entry);
    }

    /** The plan, before the first step of it runs: the driver can run each. */
    static MigrationPlan supported(MigrationPlan plan, MigrationDriver driver) {
        for (MigrationStep step : plan.steps()) {
            if (step.runsCode() && !driver.runsCode()) {
                throw MigrationCode.unsupported(step.migration(), driver.database());
            }
        }
        return plan;
    }

    private void begin(MigrationPlan plan, Operation operation) {
        steps = plan.steps();
        if (!plan.isEmpty()) {
            migrator.listeners().onPlan(plan, operation);
        }
    }

    /** Ends it, if the migrator was stopped. */
    void requireGoing() {
        if (migrator.isStopping()) {
            throw stopped(null);
        }
    }

    /** From now on a stop is the session's; null when it is left. */
    private synchronized void enter(@Nullable MigrationSession entered) {
        session = entered;
    }

    /** Under the lock: what comes after the session, over the same connection, is not to be disturbed. */
    synchronized void stop(Stop how) {
        if (session != null) {
            session.stop(how);
        }
        if (!isOver && (session == null || how == Stop.CANCEL)) {
            thread.interrupt();
        }
    }

    /** Of a run that was stopped, how far it came; of any other, the failure as it is. */
    MigrationException explain(MigrationException failure) {
        return !migrator.isStopping() || failure instanceof Stopped ? failure : stopped(failure);
    }

    private Stopped stopped(@Nullable MigrationException failure) {
        StringBuilder text = new StringBuilder("The migrations of " + migrator.database() + " were stopped");
        if (steps.isEmpty()) {
            text.append(" before the first of them began.");
        } else {
            List<String> scripts = steps.stream().map(MigrationStep::scriptName).toList();
            List<String> left =
                    scripts.subList(Math.min(scripts.size(), done.size() + (failure == null ? 0 : 1)), scripts.size());
            text.append(": ")
                    .append(done.size())
                    .append(" of ")
                    .append(steps.size())
                    .append(" done");
            text.append(done.isEmpty() ? "." : " (" + String.join(", ", scripts.subList(0, done.size())) + ").");
            text.append(left.isEmpty() ? "" : " Not begun: " + String.join(", ", left) + ".");
        }
        text.append(failure == null ? "" : "\n" + failure.problem());
        return new Stopped(text.toString(), "Start again: it goes on where it stopped.", failure);
    }

    /** In the thread that it was begun in. */
    @Override
    public synchronized void close() {
        migrator.runs().remove(this);
        isOver = true;
        if (migrator.isStopping()) {
            Thread.interrupted();
        }
    }

    /** Notifies the listeners of what a session does, and of what its scripts say. */
    static final class Observer implements MigrationSession.Observer {

        private final Migrator migrator;
        private @Nullable MigrationActivity last;

        Observer(Migrator migrator) {
            this.migrator = migrator;
        }

        @Override
        public void onActivity(MigrationActivity activity) {
            MigrationActivity explained =
                    new ActivityReader(migrator.migrations(), migrator.driver().language()).explain(activity, last);
            last = explained;
            migrator.listeners().onActivity(migrator.database(), explained);
        }

        @Override
        public void onOutput(MigrationStep step, ScriptOutput output) {
            migrator.listeners().onOutput(migrator.database(), step, output);
        }
    }
}
