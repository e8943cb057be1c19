package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the baselines of a set mean for one database: which one would run on it, and which one has.
 *
 * @param runnable those that would run, the oldest first: the newest up to the target does; none unless it is empty
 * @param made the newest one that has run; null if the database was made step by step
 * @param lacking one that stands for migrations that this database does not have, and that have no files; null if there is
 *     none
 * @param applied what the database has
 */
record BaselineUse(
        Collection<Migration> runnable,
        @Nullable HistoryEntry made,
        @Nullable Migration lacking,
        AppliedMigrations applied) {

    /** There are no baselines. */
    static final BaselineUse NONE = new BaselineUse(List.of(), null, null, new AppliedMigrations());

    static BaselineUse of(MigrationSet set, AppliedMigrations applied, MigrationHistory history) {
        HistoryEntry made = applied.baseline().orElse(null);
        if (applied.newest().isPresent()) {
            return new BaselineUse(List.of(), made, lacking(set, applied), applied);
        }
        List<Migration> begun = set.baselines().stream()
                .filter(baseline -> applied.newestEvent(baseline.version())
                        .filter(entry -> entry.isOfBaseline() && entry.statement() != null)
                        .isPresent())
                .toList();
        if (!begun.isEmpty()) {
            return new BaselineUse(begun, made, null, applied);
        }
        return applied.halfApplied().isEmpty() && history.isBlank()
                ? new BaselineUse(set.baselines(), made, null, applied)
                : new BaselineUse(List.of(), made, lacking(set, applied), applied);
    }

    private static @Nullable Migration lacking(MigrationSet set, AppliedMigrations applied) {
        MigrationVersion newest = applied.newest().orElse(null);
        Migration lacking = null;
        for (Migration baseline : set.baselines()) {
            boolean isBehind = newest == null || newest.compareTo(baseline.version()) < 0;
            if (isBehind && !set.hasFilesBefore(baseline)) {
                lacking = baseline;
            }
        }
        return lacking;
    }

    /** Whether the newest of them would run now. */
    boolean isBeginning() {
        return !runnable.isEmpty();
    }

    /** The one that would run where everything is to be applied; null if none would. */
    @Nullable Migration first() {
        return upTo(null);
    }

    /**
     * The one that would run.
     *
     * @param most the version that is the target; null for everything
     */
    @Nullable Migration upTo(@Nullable MigrationVersion most) {
        Migration newest = null;
        for (Migration baseline : runnable) {
            if (most == null || baseline.version().compareTo(most) <= 0) {
                newest = baseline;
            }
        }
        return newest;
    }

    /** Whether a baseline would run in place of this migration, where everything is to be applied. */
    boolean runInPlaceOf(MigrationVersion version) {
        Migration first = first();
        return first != null && first.standsFor(version);
    }

    /** The baseline that has run in place of this migration; null if none has. */
    @Nullable HistoryEntry madeBy(MigrationVersion version) {
        return made != null && made.standsFor(version) ? made : null;
    }

    /** Why the database cannot be brought forward; null if it can. */
    @Nullable String gap(String database) {
        if (lacking == null) {
            return null;
        }
        String where = applied.newest()
                .map(version -> database + " is at " + version + ", and what comes after that up to ")
                .orElse(database + " is not empty and has no history, and what comes up to ");
        return where + lacking.version() + " has no files here: " + lacking.up().name()
                + " stands for it, and runs on an empty database only.";
    }

    /** What to do about it. */
    String remedy() {
        String version = lacking == null ? "" : lacking.version().toString();
        return "Put back the files that the baseline stands for, or start an older release that has them; or, if the database"
                + " already is as the baseline makes it, mark that as applied with 'stamp " + version + "'.";
    }
}
