package io.mhras.migrations.engine;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.SettingNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts into words how files and history contradict each other. */
final class ConflictReport {

    private final StatusAssessment assessment;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> remedies = new LinkedHashSet<>();

    private ConflictReport(StatusAssessment assessment) {
        this.assessment = assessment;
    }

    /** The error that names every conflict at once. */
    static MigrationException.HistoryConflict of(StatusAssessment assessment, List<Item> conflicts) {
        ConflictReport report = new ConflictReport(assessment);
        conflicts.forEach(report::add);
        return new MigrationException.HistoryConflict(
                "The migration files do not fit the history of "
                        + assessment.status().database() + ".\n" + String.join("\n", report.problems),
                String.join("\n", report.remedies));
    }

    private void add(Item item) {
        switch (item.state()) {
            case CHANGED -> {
                problems.add("  " + item.location() + " was changed after it was applied on " + item.appliedAt() + ".\n"
                        + diff(item).indent(4).stripTrailing());
                remedies.add("Put the changed file back as it was and make the change in a new migration;"
                        + " or, if the database already is as the file says, run 'repair'.");
            }
            case MISSING -> {
                problems.add("  " + item.script() + " was applied on " + item.appliedAt() + " and has no file now.");
                remedies.add("Put the missing file back; or, if it is gone for good, run 'repair'.");
            }
            case OUT_OF_ORDER -> {
                problems.add("  " + item.location() + " was never applied, but "
                        + assessment.applied().newest().orElseThrow() + ", which is newer, was.");
                remedies.add("Give the late file a version above the newest applied one; or say in its header what it"
                        + " needs ('-- migrate:requires <version>'); or set "
                        + SettingNames.quoted("out-of-order") + " to 'apply'.");
            }
            default -> throw new IllegalArgumentException(item.state() + " is no conflict");
        }
    }

    private String diff(Item item) {
        String old = assessment.ran(item.version());
        Migration file = assessment.set().find(item.version()).orElseThrow();
        return old == null || !(file.up() instanceof MigrationScript script)
                ? "Its checksum was "
                        + assessment
                                .applied()
                                .find(item.version())
                                .orElseThrow()
                                .checksum() + "\nand is now   " + file.checksum()
                : TextDiff.between(old, script.text(), assessment.language()::masked);
    }
}
