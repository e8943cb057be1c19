package io.mhras.migrations.schema.report;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.report.Proof.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rehearsal for people: a block for each migration, and at the end what is proved and what is not. */
public final class RehearsalText {

    private static final int WIDEST_STATEMENT = 100;

    private final StringBuilder text = new StringBuilder();

    private RehearsalText() {}

    /** What the first up has shown of a migration. */
    public static String up(RehearsedMigration one) {
        RehearsalText block = new RehearsalText();
        block.line(0, one.migration().title() + ", " + milliseconds(one.up().duration()));
        if (one.up().isFailure()) {
            block.line(1, "FAILED: " + one.up().problem());
        } else {
            String made = new SchemaChanges(one.changes()).summary();
            block.line(1, made.isEmpty() ? "the schema stays the same" : made);
        }
        one.checks().forEach(check -> block.check(1, check));
        one.findings().forEach(block::finding);
        return block.toString();
    }

    /** What became of its down script. */
    public static String down(RehearsedMigration one) {
        Migration migration = one.migration();
        if (one.down().outcome() == Outcome.MISSING) {
            return migration.title() + ": no down script" + (migration.isRepeatable() ? "; what it made stays" : "")
                    + "\n";
        }
        return proof(
                migration.title(),
                one.down(),
                "the schema is the one before",
                "NOT THE SCHEMA BEFORE: + is left over, - is missing, ~ is not what it was");
    }

    /** What the second up has shown; empty if it was not tried. */
    public static String secondUp(RehearsalReport report) {
        return proof(
                "All of it in one run",
                report.secondUp(),
                "the same schema as one by one",
                "NOT THE SAME SCHEMA: + is new, - is missing, ~ is not what it was one by one");
    }

    /** The checks at the end; empty if none was run. */
    public static String checks(RehearsalReport report) {
        RehearsalText block = new RehearsalText();
        report.checks().forEach(check -> block.check(0, check));
        return block.toString();
    }

    /** What became of databases that stood at a tag. */
    public static String tag(RehearsedTag tag) {
        return proof(
                "From " + tag.tag() + " (" + tag.migrations() + ")",
                tag.upgrade(),
                "the same schema",
                "NOT THE SAME SCHEMA: + is only there if it began at " + tag.tag() + ", - is missing then, ~ differs");
    }

    private static String proof(String title, Proof proof, String good, String bad) {
        if (proof.outcome() == Outcome.NOT_REHEARSED) {
            return "";
        }
        RehearsalText block = new RehearsalText();
        String head = title + ", " + milliseconds(proof.duration());
        switch (proof.outcome()) {
            case FAILED -> {
                block.line(0, head);
                block.line(1, "FAILED: " + proof.problem());
            }
            case DIFFERS -> {
                block.line(0, head);
                block.line(1, bad);
                new SchemaChanges(proof.differences()).lines().forEach(difference -> block.line(2, difference));
            }
            default -> block.line(0, head + ": " + good);
        }
        return block.toString();
    }

    /** What is proved, and what is not. */
    public static String verdict(RehearsalReport report) {
        RehearsalText block = new RehearsalText();
        List<String> proved = new ArrayList<>();
        List<String> not = new ArrayList<>();
        ups(report, proved, not);
        downs(report.migrations(), proved, not);
        again(report.secondUp(), proved, not);
        checksAtEnd(report, proved, not);
        tags(report.tags(), proved, not);
        block.line(
                0,
                (report.isProved() ? "Proved on " : "NOT PROVED on ") + report.server() + ", in "
                        + seconds(report.duration()) + (report.isProved() ? ":" : "; of it is proved:"));
        proved.forEach(each -> block.line(1, each));
        if (!not.isEmpty()) {
            block.line(0, "Not proved:");
            not.forEach(each -> block.line(1, each));
        }
        block.findings(report.findings());
        return block.toString();
    }

    private static void ups(RehearsalReport report, List<String> proved, List<String> not) {
        long ups = count(report.migrations(), one -> one.up().outcome() == Outcome.PROVED);
        proved.add(
                ups + " applied, one by one" + (report.before() == 0 ? "" : ", after " + report.before() + " before"));
        report.migrations().stream()
                .filter(one -> one.up().isFailure())
                .forEach(one -> not.add(name(one.migration().up())
                        + " failed; what comes after it was not rehearsed, nor any way back"));
    }

    private static void downs(List<RehearsedMigration> migrations, List<String> proved, List<String> not) {
        long downs = count(migrations, one -> one.down().outcome() == Outcome.PROVED);
        if (downs > 0) {
            proved.add(downs + " taken back, each to the schema before");
        }
        migrations.stream()
                .filter(one -> one.down().isFailure())
                .forEach(one -> not.add(name(one.migration().down())
                        + (one.down().outcome() == Outcome.FAILED ? " failed" : " does not give the schema before")));
        List<String> missing = migrations.stream()
                .filter(one -> one.down().outcome() == Outcome.MISSING)
                .map(one -> one.migration().version().toString())
                .toList();
        if (!missing.isEmpty()) {
            not.add("no way back, for want of a down script: " + String.join(", ", missing));
        }
    }

    private static void again(Proof secondUp, List<String> proved, List<String> not) {
        switch (secondUp.outcome()) {
            case PROVED -> proved.add("applied once more in one run, with the same schema");
            case FAILED -> not.add("applying them once more in one run failed");
            case DIFFERS -> not.add("applying them once more in one run gives another schema");
            case MISSING, NOT_REHEARSED -> {}
        }
    }

    private static void checksAtEnd(RehearsalReport report, List<String> proved, List<String> not) {
        long hold = report.checks().stream()
                .filter(check -> check.outcome() == VerificationResult.Outcome.HOLDS)
                .count();
        if (hold > 0) {
            proved.add(hold + (hold == 1 ? " check holds" : " checks hold") + " at the end");
        }
        report.noLongerHold()
                .forEach(check ->
                        not.add("the check of " + check.version() + " holds no longer at the end: " + check.name()));
        List<String> without = report.migrations().stream()
                .filter(one -> one.migration().verify() == null)
                .map(one -> one.migration().version().toString())
                .toList();
        if (!without.isEmpty() && without.size() < report.migrations().size()) {
            not.add("that it worked, for want of a check: " + String.join(", ", without));
        } else if (!without.isEmpty()) {
            not.add("that they worked: none has a check");
        }
    }

    private static void tags(List<RehearsedTag> tags, List<String> proved, List<String> not) {
        List<String> good = tags.stream()
                .filter(tag -> !tag.upgrade().isFailure())
                .map(RehearsedTag::tag)
                .toList();
        if (!good.isEmpty()) {
            proved.add("from " + String.join(", ", good) + " to the present files, with the same schema");
        }
        tags.stream()
                .filter(tag -> tag.upgrade().isFailure())
                .forEach(tag -> not.add("from " + tag.tag()
                        + " to the present files: it "
                        + (tag.upgrade().outcome() == Outcome.FAILED ? "failed" : "gives another schema")));
    }

    private static long count(List<RehearsedMigration> migrations, Predicate<RehearsedMigration> which) {
        return migrations.stream().filter(which).count();
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        findings.forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum));
        line(
                0,
                "Findings: "
                        + counts.entrySet().stream()
                                .map(rule -> rule.getValue() + " " + rule.getKey())
                                .collect(Collectors.joining(", ")));
    }

    private void check(int depth, Check check) {
        line(depth, check.line());
        if (check.outcome() == VerificationResult.Outcome.FAILED) {
            line(depth, check.details());
        }
    }

    private void finding(Finding finding) {
        line(1, finding.rule() + ": " + finding.text());
        String statement = finding.statement();
        if (statement != null) {
            line(2, finding.place() + ": " + shortened(statement));
        }
    }

    private static String shortened(String statement) {
        String line = statement.replaceAll("\\s+", " ").strip();
        return line.length() <= WIDEST_STATEMENT ? line : line.substring(0, WIDEST_STATEMENT - 3) + "...";
    }

    private static String name(@Nullable MigrationBody body) {
        return body == null ? "" : body.name();
    }

    private void line(int depth, String line) {
        line.lines()
                .forEach(each -> text.append("  ".repeat(depth)).append(each).append('\n'));
    }

    private static String milliseconds(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
