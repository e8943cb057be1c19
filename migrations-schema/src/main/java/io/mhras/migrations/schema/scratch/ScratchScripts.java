package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.text.SettingNames;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scripts of migrations, read before they run on a scratch database. */
final class ScratchScripts {

    private static final int MOST_LISTED = 5;

    private final @Nullable String realName;
    private final IdentityHashMap<MigrationScript, ScriptFindings> read = new IdentityHashMap<>();

    /** @param realName the real database's name; null if there is none */
    ScratchScripts(@Nullable String realName) {
        this.realName = realName;
    }

    /** What is in all of them. */
    ScriptFindings findings(MigrationSet set) {
        ScriptFindings all = new ScriptFindings();
        all(set).flatMap(ScratchScripts::scripts).map(this::findings).forEach(all::add);
        return all;
    }

    private static Stream<Migration> all(MigrationSet set) {
        return Stream.concat(set.baselines().stream(), set.migrations().stream());
    }

    private ScriptFindings findings(MigrationScript script) {
        return read.computeIfAbsent(script, one -> ScriptReading.of(one, realName));
    }

    private static Stream<MigrationScript> scripts(Migration migration) {
        return Stream.of(migration.up(), migration.down(), migration.verify())
                .filter(MigrationScript.class::isInstance)
                .map(MigrationScript.class::cast);
    }

    /**
     * Refuses what would change more than the scratch database.
     *
     * @throws InvalidMigration with the first place, and some others
     */
    static void requireNoReach(ScriptFindings findings) {
        List<ScriptFindings.Reach> reaches = findings.reaches();
        if (reaches.isEmpty()) {
            return;
        }
        ScriptFindings.Reach first = reaches.get(0);
        String others = reaches.stream()
                .skip(1)
                .limit(MOST_LISTED)
                .map(reach -> "\n  " + reach.place() + ": " + reach.why())
                .collect(Collectors.joining());
        int more = reaches.size() - 1 - MOST_LISTED;
        throw new InvalidMigration(
                first.why() + ". On the real database's server that would outlive the scratch database, so nothing ran."
                        + (others.isEmpty() ? "" : "\nSo would:" + others)
                        + (more > 0 ? "\n  and " + more + " more" : ""),
                first.place(),
                "Name a PostgreSQL server that is nobody's with " + SettingNames.quoted("scratch.on")
                        + ", or let one be started for this with " + SettingNames.quoted("scratch.embedded") + ".");
    }

    /** The migrations as they are sent to the scratch database of this name. */
    MigrationSet renamed(MigrationSet set, String scratch) {
        String name = identifier(scratch);
        return MigrationSet.of(
                all(set).map(one -> new Migration(
                                one.version(),
                                one.description(),
                                one.requires(),
                                Objects.requireNonNull(renamed(one.up(), name)),
                                renamed(one.down(), name),
                                (MigrationScript) renamed(one.verify(), name),
                                one.baseline()))
                        .toList(),
                set.notes());
    }

    private @Nullable MigrationBody renamed(@Nullable MigrationBody body, String name) {
        return body instanceof MigrationScript script
                ? RenamedScript.of(script, findings(script).realNames(), name)
                : body;
    }
}
