package io.mhras.migrations.engine;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DriftResult;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationSession.Stop;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.adopt.Adoption;
import io.mhras.migrations.adopt.AdoptionSource;
import io.mhras.migrations.text.SettingNames;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one database to the schema that the migrations describe, and reports where it stands.
 *
 * <p>Thread-safe, and safe between processes: what changes something holds the database's migration lock. The migrations
 * are loaded once, when first needed. Everything it throws is a {@link MigrationException}.
 */
public final class Migrator {

    private final MigrationDriver driver;
    private final Supplier<MigrationSet> source;
    private final MigratorSettings settings;
    private final ListenerChain listeners;
    private final Set<MigrationRun> runs = new CopyOnWriteArraySet<>();
    private volatile @Nullable MigrationSet loaded;
    private volatile @Nullable Stop stopping;

    /** A migrator with default settings that writes to the log. */
    public Migrator(MigrationDriver driver, Supplier<MigrationSet> source) {
        this(driver, source, MigratorSettings.DEFAULT, new ListenerChain(List.of(new MigrationLog())));
    }

    private Migrator(
            MigrationDriver driver, Supplier<MigrationSet> source, MigratorSettings settings, ListenerChain listeners) {
        this.driver = driver;
        this.source = source;
        this.settings = settings;
        this.listeners = listeners;
    }

    /** The same with other settings. */
    public Migrator with(MigratorSettings newSettings) {
        return new Migrator(driver, source, newSettings, listeners);
    }

    /** The same with one listener more; one that it has already is not notified twice. */
    public Migrator with(MigrationListener listener) {
        return new Migrator(driver, source, settings, listeners.with(listener));
    }

    /** The same for the same database, which log, status and listeners call by this name. */
    public Migrator named(String database) {
        return new Migrator(driver.named(database), source, settings, listeners);
    }

    /** The same, which tries for so long to reach a database that is not up yet; from the first attempt on. */
    public Migrator patient(Duration limit) {
        return new Migrator(new PatientDriver(driver, limit), source, settings, listeners);
    }

    /** The database's name: {@code postgresql}, {@code mongodb}, or one of its own. */
    public String database() {
        return driver.database();
    }

    /** What knows the database. */
    public MigrationDriver driver() {
        return driver;
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

    /** Where the database stands. One query, a few more if files were changed or scripts stopped half-way; no lock. */
    public MigrationStatus status() {
        MigrationStatus status = planning().assessment().currentStatus();
        listeners.onStatus(status);
        return status;
    }

    /** What has happened to the database, newest first. */
    public List<HistoryEntry> history() {
        List<HistoryEntry> entries = driver.entries();
        if (entries.isEmpty()) {
            planning().firstStart().check();
        }
        return entries.stream()
                .sorted(Comparator.comparingLong(HistoryEntry::id).reversed())
                .toList();
    }

    /** The newest application of each migration that is applied, in the order in which they were applied. */
    public List<HistoryEntry> applied() {
        return AppliedMigrations.of(driver.entries()).inOrder();
    }

    /** What migrates the database at this moment, in whichever process; empty if nothing does. No lock, nothing is written. */
    public Optional<MigrationActivity> activity() {
        return driver.activity().map(seen -> new ActivityReader(migrations(), driver.language()).explain(seen, null));
    }

    /**
     * The health of the database: sizes, indexes, what needs care; empty if this kind of database does not report it.
     * Nothing is written.
     */
    public Optional<DatabaseHealth> health() {
        return driver.health();
    }

    /**
     * Runs the checks of what is applied, by the files as they are now: each by itself, in what may only read, and is rolled
     * back. No lock is taken, nothing is written.
     *
     * @param versions only those of these migrations, which have to be applied; none for all
     * @param timeout how long a statement may run; zero for no limit. See {@link VerificationResult#USUAL_TIMEOUT}
     * @param listener is told of each check as it is done
     * @throws MigrationException.InvalidTarget if a version is unknown, or not applied
     */
    public VerificationResult verify(Collection<String> versions, Duration timeout, Consumer<Check> listener) {
        VerificationResult result =
                new LaterVerification(planning().checkedForVerification(), timeout, listener).run(versions);
        listeners.onVerified(result);
        return result;
    }

    /**
     * Whether the database's structure is what it was at the end of the newest run. Reads all of both, takes no lock, and
     * writes nothing.
     */
    public DriftResult drift() {
        DriftResult result = new StructureComparison(driver).result();
        listeners.onDrift(result);
        return result;
    }

    /**
     * Checks that everything up to the target is applied, that files and history agree, and that the history was not changed
     * by hand. Reads the whole of it.
     *
     * @throws MigrationException.HistoryConflict if they contradict each other
     * @throws MigrationException.Refused if something is pending
     */
    public void validate(Target target) {
        MigrationPlan plan = planning().validate(target);
        if (!plan.runsNothing()) {
            throw new MigrationException.Refused(
                    "The schema is not at the " + target + ".\n"
                            + MigrationPrinter.plan(plan).stripTrailing(),
                    "Apply the migrations first.");
        }
    }

    /** The steps to the target, as {@link #migrate} would take them now. Nothing is written, no lock is taken. */
    public MigrationPlan plan(Target target) {
        return planning().migrate(target, driver);
    }

    /** The steps back to the target, as {@link #rollback} would take them now. Nothing is written, no lock is taken. */
    public MigrationPlan planRollback(Target target) {
        return planning().rollback(target, driver);
    }

    /**
     * What the scripts of a plan would do, statement by statement: the dry run. Nothing is written, no lock is taken; but the
     * files are read, and a script of MongoDB is run without its writes.
     *
     * @throws MigrationException.InvalidMigration if a script is one that cannot run as it is
     */
    public MigrationPreview preview(MigrationPlan plan) {
        return driver.preview(MigrationRun.supported(plan, driver));
    }

    /**
     * The steps from where a database is assumed to stand to the target. It is not asked: this needs no connection.
     *
     * @param from a version, {@code base} or {@code head}; or the versions of several branches
     * @throws MigrationException.InvalidTarget if the assumption is none of these
     */
    public OfflinePlan planOffline(List<Target> from, Target target) {
        return planning().migrateOffline(from, target);
    }

    /** The steps back to the target from where a database is assumed to stand. It is not asked. */
    public OfflinePlan planOfflineRollback(List<Target> from, Target target) {
        return planning().rollbackOffline(from, target);
    }

    /** Applies what is pending up to the target. If nothing is: one query, no lock. */
    public MigrationResult migrate(Target target) {
        return run(
                Operation.MIGRATE,
                history -> planning().migrate(target, history),
                newest -> planning().isAt(target, newest));
    }

    /**
     * Takes migrations back, newest first, with their down scripts.
     *
     * @throws MigrationException.Refused before the first step if any of them has no down script
     */
    public MigrationResult rollback(Target target) {
        return run(Operation.ROLLBACK, history -> planning().rollback(target, history));
    }

    /**
     * Marks what leads to the targets as applied, and everything else as not applied, without running anything. Repeatables
     * are left as they are: they may run again.
     */
    public MigrationResult stamp(Target... targets) {
        List<Target> all = List.of(targets);
        return run(Operation.STAMP, history -> planning().marks(history).toStamp(all));
    }

    /** The same; what is applied already is marked anew, as its file is now. All of it or nothing. */
    public MigrationResult stampAnew(Target... targets) {
        List<Target> all = List.of(targets);
        return run(Operation.STAMP, history -> planning().marks(history).toStampAnew(all));
    }

    /**
     * Accepts the files as they are: the new text of changed ones, and the absence of missing ones, which stay applied. Before
     * that, and then only that: takes statements in doubt as done. Runs nothing.
     */
    public MigrationResult repair() {
        return run(Operation.REPAIR, history -> planning().repair(history));
    }

    /**
     * What {@link #adopt} would take over now. Nothing is written, no lock is taken.
     *
     * @throws MigrationException.Refused if there is nothing to take over, or nothing that can be as it is
     */
    public Adoption planAdopt(AdoptionSource from) {
        planning().marks(driver).refuseSecondAdoption();
        return Adoption.of(from, driver.tables(), migrations());
    }

    /**
     * Takes over what another tool has applied, with its times and users: all of it or nothing. Runs nothing.
     *
     * @throws MigrationException.Refused if anything is applied according to the history here
     */
    public MigrationResult adopt(Adoption adoption) {
        return run(Operation.ADOPT, history -> planning().marks(history).toAdopt(adoption));
    }

    /** What {@link #stamp} would mark now. Nothing is written, no lock is taken. */
    public MigrationPlan planStamp(Target... targets) {
        return planning().marks(driver).toStamp(List.of(targets));
    }

    /** What {@link #stampAnew} would mark now. Nothing is written, no lock is taken. */
    public MigrationPlan planStampAnew(Target... targets) {
        return planning().marks(driver).toStampAnew(List.of(targets));
    }

    /** What {@link #repair} would accept now. Nothing is written, no lock is taken. */
    public MigrationPlan planRepair() {
        return planning().repair(driver);
    }

    /** What {@link #clean} would drop now. Nothing is written, no lock is taken. */
    public List<String> planClean() {
        planning().refuseToCleanAnothers();
        return driver.cleanable();
    }

    /**
     * Drops everything that the migrations made, and the history; returns what was dropped.
     *
     * @throws MigrationException.Refused unless {@link MigratorSettings#cleanEnabled()}
     */
    public List<String> clean() {
        if (!settings.cleanEnabled()) {
            throw new MigrationException.Refused(
                    "Nothing was dropped: clean is not enabled.",
                    "If this database may lose everything in it, set " + SettingNames.quoted("clean-enabled")
                            + " to true.");
        }
        planning().refuseToCleanAnothers();
        try (MigrationSession session = driver.open(new MigrationRun.Observer(this))) {
            return session.clean();
        }
    }

    /**
     * Waits until another process has applied everything up to the target.
     *
     * @throws MigrationException.TimedOut if that did not happen within the limit
     * @throws MigrationException.HistoryConflict if files and history contradict each other
     */
    public void await(Target target, Duration limit) {
        try (MigrationRun run = new MigrationRun(this)) {
            run.await(() -> plan(target), limit);
        }
    }

    /**
     * Ends what this migrator is doing, in whichever threads, for good: each run ends with a
     * {@link MigrationException.Stopped} that says what was done, and so does any later one. May be called again.
     */
    public void stop(Stop how) {
        stopping = how;
        if (driver instanceof PatientDriver patient) {
            patient.stop();
        }
        runs.forEach(run -> run.stop(how));
    }

    private Planning planning() {
        return new Planning(driver, this::migrations, settings);
    }

    private MigrationResult run(Operation operation, Function<MigrationHistory, MigrationPlan> planner) {
        return run(operation, planner, newest -> false);
    }

    private MigrationResult run(
            Operation operation, Function<MigrationHistory, MigrationPlan> planner, Predicate<HistoryEntry> isDone) {
        listeners.onStart(database(), operation);
        long started = System.nanoTime();
        try (MigrationRun run = new MigrationRun(this)) {
            MigrationResult result;
            try {
                run.requireGoing();
                MigrationPlan plan = MigrationRun.supported(planner.apply(driver), driver);
                List<HistoryEntry> events = plan.isEmpty() ? List.of() : run.carryOut(operation, planner, isDone);
                Duration duration = Duration.ofNanos(System.nanoTime() - started);
                result = new MigrationResult(database(), operation, events, duration, plan.notes());
            } catch (MigrationException e) {
                throw run.explain(e);
            }
            listeners.onDone(result);
            return result;
        } catch (MigrationException e) {
            listeners.onFailure(database(), operation, e);
            throw e;
        }
    }

    ListenerChain listeners() {
        return listeners;
    }

    /** Those under way. */
    Set<MigrationRun> runs() {
        return runs;
    }

    boolean isStopping() {
        return stopping != null;
    }
}
