package io.mhras.migrations.source;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One line of an index: what was found in a script when it was read.
 *
 * @param stamp see {@link IndexedRoot}
 * @param path where it is, relative to the root
 */
record IndexedScript(String stamp, ScriptFacts facts, String path) {

    private static final String NONE = "-";
    private static final int FIELDS = 9;
    private static final String RUNS_NOTHING = "0";
    private static final String HAS_PLACEHOLDERS = "$";

    static IndexedScript parse(String line) {
        String[] fields = line.split("\t", FIELDS);
        Duration lockTimeout = fields[3].equals(NONE) ? null : Duration.parse(fields[3]);
        String[] batch = fields[4].split("/", 2);
        Options options = new Options(
                Transaction.valueOf(fields[2]),
                lockTimeout,
                batch.length == 1 ? null : new Batch(Integer.parseInt(batch[0]), Duration.parse(batch[1])),
                fields[7].equals(NONE) ? null : MigrationVersion.of(fields[7]));
        List<MigrationVersion> requires = fields[5].equals(NONE)
                ? null
                : Arrays.stream(fields[5].split(",", -1))
                        .map(MigrationVersion::of)
                        .toList();
        ScriptFacts facts = new ScriptFacts(
                fields[1], options, requires, fields[6].contains(RUNS_NOTHING), fields[6].contains(HAS_PLACEHOLDERS));
        return new IndexedScript(fields[0], facts, fields[8]);
    }

    IndexedScript withStamp(String other) {
        return new IndexedScript(other, facts, path);
    }

    /** Whether it can be read back from its line. */
    boolean isOneLine() {
        return toString().lines().count() == 1 && toString().split("\t", -1).length == FIELDS;
    }

    /** The line. */
    @Override
    public String toString() {
        Options options = facts.options();
        Batch batch = options.batch();
        List<MigrationVersion> requires = facts.requires();
        String traits = (facts.runsNothing() ? RUNS_NOTHING : "") + (facts.hasPlaceholders() ? HAS_PLACEHOLDERS : "");
        return String.join(
                "\t",
                stamp,
                facts.checksum(),
                options.transaction().name(),
                Objects.toString(options.lockTimeout(), NONE),
                batch == null ? NONE : batch.size() + "/" + batch.pause(),
                requires == null
                        ? NONE
                        : requires.stream().map(MigrationVersion::toString).collect(joining(",")),
                traits.isEmpty() ? NONE : traits,
                Objects.toString(options.until(), NONE),
                path);
    }
}
