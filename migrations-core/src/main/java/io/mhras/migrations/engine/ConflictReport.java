package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.text.SettingNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
        HistoryDoubt doubt = assessment.doubt();
        if (doubt != null) {
            report.problems.add("  " + doubt.problem());
            report.remedies.add(HistoryDoubt.REMEDY);
        }
        conflicts.stream()
                .filter(item -> doubt == null || !Objects.equals(item.version(), doubt.lost()))
                .forEach(report::add);
        if (conflicts.stream().anyMatch(item -> item.state() == MigrationState.MISSING) && report.nothingHasAFile()) {
            report.remedies.add(
                    "None of what is applied has a file here. If it is another service's: " + report.ofItsOwn());
        }
        return new MigrationException.HistoryConflict(
                (conflicts.isEmpty()
                                ? "The history was changed by hand, in "
                                : "The migration files do not fit the history of ")
                        + assessment.status().database() + ".\n" + String.join("\n", report.problems),
                String.join("\n", report.remedies));
    }

    private boolean nothingHasAFile() {
        return assessment.applied().inOrder().stream()
                .noneMatch(entry -> assessment.file(entry.version()).isPresent());
    }

    private String ofItsOwn() {
        return assessment.driver().historyOfItsOwn();
    }

    /** That another service's history is in use, which a repair must not accept. */
    static MigrationException.Refused ofAnother(StatusAssessment assessment, Item item) {
        return new MigrationException.Refused(
                "Nothing was marked: " + another(assessment, item), anotherRemedy(assessment, item));
    }

    /** What was applied under the version of this file instead, and whose it may be. */
    static String another(StatusAssessment assessment, Item item) {
        HistoryEntry entry = assessment.applied().find(item.version()).orElseThrow();
        String application = assessment.driver().application();
        return "version " + item.version() + " was applied from another file: " + entry.script() + " there"
                + (entry.application().equals(MigrationDriver.UNNAMED)
                        ? ""
                        : ", by the application '" + entry.application() + "'")
                + "; " + (item.location() == null ? "none" : item.location()) + " here"
                + (application.isEmpty() ? "" : ", in '" + application + "'")
                + ". Perhaps another service keeps its history there.";
    }

    private static String anotherRemedy(StatusAssessment assessment, Item item) {
        String old = assessment.applied().find(item.version()).orElseThrow().script();
        return assessment.driver().historyOfItsOwn()
                + (item.location() == null
                        ? " If it is this service's own file, put it back."
                        : " If it is the same migration, give the file its old name, " + old
                                + ", and its old content.");
    }

    private void add(Item item) {
        if (assessment.isOfAnother(item)) {
            problems.add("  " + another(assessment, item));
            remedies.add(anotherRemedy(assessment, item));
            return;
        }
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
                assessment
                        .applied()
                        .newest()
                        .flatMap(assessment.applied()::find)
                        .filter(assessment::isOfAnotherApplication)
                        .ifPresent(
                                entry -> remedies.add("What was applied is of the application '" + entry.application()
                                        + "', and this is '"
                                        + assessment.driver().application() + "'. If that is another service: "
                                        + ofItsOwn()));
            }
            default -> throw new IllegalArgumentException(item.state() + " is no conflict");
        }
    }

    private String diff(Item item) {
        String old = assessment.ran(item.version());
        Migration file = assessment.file(item.version()).orElseThrow();
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
