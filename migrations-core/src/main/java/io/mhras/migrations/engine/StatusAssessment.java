package io.mhras.migrations.engine;

import static java.util.stream.Collectors.toSet;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.source.ScriptNames;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the files with the history: which state each migration is in, and where the two conflict. */
final class StatusAssessment {

    // Counting the statements of a longer script would take a noticeable time.
    private static final int MAX_COUNTED = 10_000;

    private static final String IN_DOUBT =
            "It stopped at a statement that is in doubt. Look at what its error names, and do the"
                    + " rest of it by hand if it was not done; then run 'repair', and start again.";

    private final MigrationSet set;
    private final AppliedMigrations applied;
    private final Map<MigrationVersion, KeptScripts> kept;
    private final MigrationDriver driver;
    private final @Nullable HistoryDoubt doubt;
    private final @Nullable BaselineUse baselines;
    private final MigrationStatus status;

    private StatusAssessment(MigrationSet set, MigrationHistory history, MigrationDriver driver) {
        this.set = set;
        this.driver = driver;
        List<HistoryEntry> entries = history.entries();
        this.applied = AppliedMigrations.of(entries);
        // Not map(), which would load the type at every start.
        HistoryEntry doubtful = applied.doubtful().orElse(null);
        this.doubt = doubtful == null ? null : HistoryDoubt.of(entries, doubtful, set);
        this.baselines = set.baselines().isEmpty() && applied.baseline().isEmpty()
                ? null
                : BaselineUse.of(set, applied, history);
        List<MigrationVersion> changed = changed();
        this.kept = changed.isEmpty() ? Map.of() : history.scripts(changed);
        this.status = new MigrationStatus(driver.database(), applied.current(set), set.heads(), items(), problem())
                .with(this::isOfAnother, item -> ConflictReport.another(this, item));
    }

    /** Reads the history: one query, and one more if a file has another checksum than what ran. */
    static StatusAssessment of(MigrationSet set, MigrationHistory history, MigrationDriver driver) {
        return new StatusAssessment(set, history, driver);
    }

    MigrationSet set() {
        return set;
    }

    ScriptLanguage language() {
        return driver.language();
    }

    AppliedMigrations applied() {
        return applied;
    }

    MigrationStatus status() {
        return status;
    }

    /** Where the rows of the history do not follow from one another; null if they do. */
    @Nullable HistoryDoubt doubt() {
        return doubt;
    }

    private @Nullable String problem() {
        if (doubt != null && applied.endsInDoubt()) {
            return doubt.problem();
        }
        return baselines == null ? null : baselines.gap(driver.database());
    }

    /** Most often there are none, and then a start needs no type of theirs. */
    boolean hasBaselines() {
        return baselines != null;
    }

    /** What the baselines mean here. */
    BaselineUse baselines() {
        return baselines == null ? BaselineUse.NONE : baselines;
    }

    /** The file of what is applied under this version: of a baseline, where that ran, and else of the migration. */
    Optional<Migration> file(MigrationVersion version) {
        boolean isBaseline =
                applied.find(version).filter(HistoryEntry::isOfBaseline).isPresent();
        return isBaseline ? set.baseline(version) : set.find(version);
    }

    /** Who is to have a history of its own, and how. */
    MigrationDriver driver() {
        return driver;
    }

    /**
     * Whether something else was applied under the version of this file, which has another name and another content. Where both
     * state who they are, another service's may have the same name.
     */
    boolean isOfAnother(Item item) {
        if (item.state() != MigrationState.CHANGED && item.state() != MigrationState.MISSING) {
            return false;
        }
        HistoryEntry entry = applied.find(item.version()).orElseThrow();
        boolean isRenamed = item.location() != null && !entry.description().equalsIgnoreCase(item.description());
        return isRenamed || isOfAnotherApplication(entry);
    }

    /** Whether another service applied it, and this one has never written to the history: both must have a name. */
    boolean isOfAnotherApplication(HistoryEntry entry) {
        String own = driver.application();
        return !own.isEmpty()
                && !entry.application().equals(own)
                && !entry.application().equals(MigrationDriver.UNNAMED)
                && !applied.isWrittenBy(own);
    }

    /**
     * The status as of this moment: where a run in parts is recorded as begun but not as ended, this checks whether it
     * is still in progress, or stopped at a statement that is in doubt. Not for a run that holds the lock itself.
     */
    MigrationStatus currentStatus() {
        if (status.migrations().stream().noneMatch(this::isHalfDone)) {
            return status;
        }
        Set<MigrationVersion> inDoubt =
                driver.inDoubt().stream().map(HistoryEntry::version).collect(toSet());
        MigrationStatus current = inDoubt.isEmpty()
                ? status
                : status.with(item -> isHalfDone(item) && inDoubt.contains(item.version()), item -> IN_DOUBT);
        if (current.migrations().stream().noneMatch(this::isOpen)) {
            return current;
        }
        MigrationActivity running = driver.activity()
                .map(seen -> new ActivityReader(set, driver.language()).explain(seen, null))
                .orElse(null);
        return running == null
                ? current
                : current.with(item -> isOpen(item) && runs(running, item), MigrationState.RUNNING);
    }

    private boolean isHalfDone(Item item) {
        return item.state() == MigrationState.FAILED
                && applied.newestEvent(item.version())
                        .filter(newest -> newest.statement() != null)
                        .isPresent();
    }

    /** Between two scripts it is unknown which one is next; and a script without a file may be any. */
    private static boolean runs(MigrationActivity running, Item item) {
        return running.version() == null || running.version().equals(item.version());
    }

    private boolean isOpen(Item item) {
        return item.state() == MigrationState.FAILED
                && applied.newestEvent(item.version())
                        .filter(newest -> newest.event() == Event.STARTED)
                        .isPresent();
    }

    /** The text that ran, of a migration whose file has another checksum now; null if it was too long to keep. */
    @Nullable String ran(MigrationVersion version) {
        KeptScripts scripts = kept.get(version);
        return scripts == null ? null : scripts.up();
    }

    /** The file's down script if there is one: it may have been fixed. Else what the history kept. */
    Migration migration(HistoryEntry entry, @Nullable KeptScripts kept) {
        Migration file =
                (entry.isOfBaseline() ? set.baseline(entry.version()) : set.find(entry.version())).orElse(null);
        if (file != null && (file.down() != null || kept == null || kept.down() == null)) {
            return file;
        }
        String location = "the history of " + driver.database() + ", ";
        String up = kept == null || kept.up() == null ? "" : kept.up();
        String down = kept == null ? null : kept.down();
        String downName = ScriptNames.downOf(entry.script());
        return new Migration(
                entry.version(),
                entry.description(),
                null,
                new MigrationScript(
                        entry.script(),
                        location + entry.script(),
                        entry.checksum(),
                        MigrationScript.Options.DEFAULT,
                        () -> new StringReader(up)),
                down == null ? null : MigrationScript.ofText(downName, location + downName, down),
                null,
                entry.isOfBaseline());
    }

    private List<MigrationVersion> changed() {
        return Stream.concat(set.migrations().stream(), set.baselines().stream())
                .filter(migration -> !migration.isRepeatable())
                .filter(migration -> applied.find(migration.version())
                        .filter(entry -> entry.isOfBaseline() == migration.baseline())
                        .filter(entry -> !entry.checksum().equals(migration.checksum()))
                        .isPresent())
                .map(Migration::version)
                .toList();
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        if (baselines == null) {
            set.migrations().forEach(migration -> items.add(item(migration)));
        } else {
            addWithBaselines(items, baselines);
        }
        applied.inOrder().stream()
                .filter(entry -> set.find(entry.version()).isEmpty())
                .map(entry -> file(entry.version())
                        .map(file -> item(file, entry, stateOfBaseline(entry)))
                        .orElseGet(() -> itemWithoutFile(entry)))
                .forEach(items::add);
        applied.halfApplied().stream()
                .filter(entry -> set.find(entry.version()).isEmpty()
                        && (baselines == null || !baselines.runInPlaceOf(entry.version())))
                .map(this::unfinishedWithoutFile)
                .forEach(items::add);
        if (items.size() > set.migrations().size() || !set.baselines().isEmpty()) {
            items.sort(Comparator.comparing(item -> item.version().isRepeatable()));
        }
        return items;
    }

    private void addWithBaselines(List<Item> items, BaselineUse use) {
        for (Migration migration : set.migrations()) {
            HistoryEntry entry = applied.find(migration.version()).orElse(null);
            HistoryEntry made = entry == null || entry.isOfBaseline() ? use.madeBy(migration.version()) : null;
            if (made != null) {
                items.add(itemOfBaseline(migration, made));
            } else if (!use.runInPlaceOf(migration.version())) {
                items.add(item(migration));
            }
        }
        Migration first = use.first();
        if (first != null) {
            items.add(0, item(first, null, notApplied(first)));
        }
    }

    private Item item(Migration migration) {
        HistoryEntry entry = applied.find(migration.version()).orElse(null);
        return item(migration, entry, entry == null ? notApplied(migration) : appliedAs(entry, migration));
    }

    /** A migration that is there by way of a baseline; under the baseline's own version, that. */
    private Item itemOfBaseline(Migration migration, HistoryEntry made) {
        return made.version().equals(migration.version())
                ? item(set.baseline(made.version()).orElse(migration), made, stateOfBaseline(made))
                : item(migration, made, MigrationState.APPLIED);
    }

    /** A baseline that has no file any more counts as it did when it ran: the files that it stood for are there. */
    private MigrationState stateOfBaseline(HistoryEntry entry) {
        return set.baseline(entry.version()).map(file -> appliedAs(entry, file)).orElse(MigrationState.APPLIED);
    }

    private Item item(Migration migration, @Nullable HistoryEntry entry, MigrationState state) {
        return new Item(
                migration.version(),
                migration.description(),
                state,
                migration.up().name(),
                migration.up().location(),
                migration.checksum(),
                entry == null ? null : entry.appliedAt(),
                entry == null ? null : entry.duration(),
                entry == null ? null : entry.appliedBy(),
                migration.baseline() ? List.of() : set.requirements(migration.version()),
                state == MigrationState.FAILED ? error(migration) : null,
                null);
    }

    private MigrationState appliedAs(HistoryEntry entry, Migration migration) {
        if (applied.newestEvent(migration.version()).orElse(entry).statement() != null) {
            return MigrationState.FAILED;
        }
        if (entry.checksum().equals(migration.checksum())) {
            return entry.event() == Event.STAMPED ? MigrationState.STAMPED : MigrationState.APPLIED;
        }
        if (applied.newestEvent(migration.version()).orElse(entry).event() == Event.NEWER) {
            return MigrationState.AHEAD;
        }
        if (migration.isRepeatable()) {
            return isBehindANewerRelease() ? MigrationState.AHEAD : notApplied(migration);
        }
        String text = ran(migration.version());
        return text != null
                        && migration.up() instanceof MigrationScript file
                        && driver.language().sameStatements(text, file.text())
                ? MigrationState.REFORMATTED
                : MigrationState.CHANGED;
    }

    private MigrationState notApplied(Migration migration) {
        if (isOutOfOrder(migration)) {
            return MigrationState.OUT_OF_ORDER;
        }
        Event event = applied.newestEvent(migration.version())
                .map(HistoryEntry::event)
                .orElse(Event.UNSTAMPED);
        return switch (event) {
            case STARTED, FAILED -> MigrationState.FAILED;
            case ROLLED_BACK -> MigrationState.ROLLED_BACK;
            // A repair of what is not applied settled a statement in the middle of its script.
            case APPLIED, STAMPED, BASELINED, ADOPTED, UNSTAMPED, REPAIRED, ARCHIVED, OBSERVED ->
                MigrationState.PENDING;
            // What only a newer release understands must not run here.
            case NEWER -> MigrationState.AHEAD;
        };
    }

    private boolean isOutOfOrder(Migration migration) {
        if (migration.requires() != null
                || migration.isRepeatable()
                || migration.baseline()
                || applied.newest().isEmpty()) {
            return false;
        }
        if (applied.newest().orElseThrow().compareTo(migration.version()) < 0) {
            return false;
        }
        Set<MigrationVersion> before = new HashSet<>();
        set.pathTo(migration.version()).forEach(one -> before.add(one.version()));
        return applied.inOrder().stream()
                .map(HistoryEntry::version)
                .anyMatch(version -> !version.isRepeatable()
                        && version.compareTo(migration.version()) > 0
                        && !before.contains(version));
    }

    /** Then an older release must not replace the text of the newer one with its own. */
    private boolean isBehindANewerRelease() {
        return applied.newest().filter(this::isNewerThanEveryFile).isPresent();
    }

    private boolean isNewerThanEveryFile(MigrationVersion version) {
        return set.newest().filter(newest -> newest.compareTo(version) >= 0).isEmpty();
    }

    private Item itemWithoutFile(HistoryEntry entry) {
        boolean ahead = entry.version().isRepeatable() || isNewerThanEveryFile(entry.version());
        if (applied.isArchived(entry.version())) {
            return itemWithoutFile(entry, MigrationState.ARCHIVED);
        }
        if (ahead || applied.newestEvent(entry.version()).orElse(entry).event() == Event.NEWER) {
            return itemWithoutFile(entry, MigrationState.AHEAD);
        }
        return itemWithoutFile(entry, isReplaced(entry) ? MigrationState.ARCHIVED : MigrationState.MISSING);
    }

    /** Whether its file is gone since a baseline stands for it: no conflict. */
    boolean isReplaced(HistoryEntry entry) {
        return file(entry.version()).isEmpty() && set.isInBaseline(entry.version()) && !isOfAnotherApplication(entry);
    }

    /** While a newer release migrates, an older one beside it is as healthy as before. */
    private Item unfinishedWithoutFile(HistoryEntry entry) {
        return itemWithoutFile(
                entry, isNewerThanEveryFile(entry.version()) ? MigrationState.AHEAD : MigrationState.FAILED);
    }

    private static Item itemWithoutFile(HistoryEntry entry, MigrationState state) {
        return new Item(
                entry.version(),
                entry.description(),
                state,
                entry.script(),
                null,
                entry.checksum(),
                entry.appliedAt(),
                entry.duration(),
                entry.appliedBy(),
                List.of(),
                entry.statement() == null ? null : error(entry, entry.statement() + " statements are done"),
                null);
    }

    private @Nullable String error(Migration migration) {
        HistoryEntry newest = applied.newestEvent(migration.version()).orElse(null);
        if (newest == null || newest.statement() == null) {
            return newest == null ? null : newest.error();
        }
        MigrationBody down = migration.down();
        MigrationBody ran = down != null && down.name().equals(newest.script()) ? down : migration.up();
        if (!(ran instanceof MigrationScript script)) {
            return newest.error();
        }
        if (script.options().batch() != null) {
            return error(newest, newest.statement() + " batches are done");
        }
        int statements = driver.language().count(script, MAX_COUNTED);
        String all = statements < MAX_COUNTED ? " of " + statements : "";
        return error(newest, "statements up to " + newest.statement() + all + " are done");
    }

    private static @Nullable String error(HistoryEntry unfinished, String done) {
        return unfinished.event() == Event.STARTED ? "not finished; " + done : done + "; " + unfinished.error();
    }
}
