package io.mhras.migrations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of applied migrations came to, at a later time than when the migrations were applied.
 *
 * @param database its name
 * @param at when they were run
 * @param duration how long all of them took
 * @param checks in the order in which their migrations were applied
 * @param unchecked the applied migrations that have a file and no check
 * @param notes what is to be known besides, each a sentence
 */
public record VerificationResult(
        String database,
        Instant at,
        Duration duration,
        List<Check> checks,
        List<MigrationVersion> unchecked,
        List<String> notes) {

    /** How long a statement of a check may run, unless told otherwise. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public VerificationResult {
        checks = List.copyOf(checks);
        unchecked = List.copyOf(unchecked);
        notes = List.copyOf(notes);
    }

    /** What became of a check. */
    public enum Outcome {
        /** It holds. */
        HOLDS,
        /** It does not hold, or could not be run. */
        FAILED,
        /** It was not run to its end, since it writes. */
        SKIPPED,
        /** A later migration has ended it: {@code -- migrate:verify-until}. */
        ENDED,
        /** Its migration has no file any more; the history keeps no checks. */
        GONE
    }

    /**
     * One check: as a rule a statement of a {@code .verify} file.
     *
     * @param version its migration's
     * @param name what a comment above it says, {@code -- migrate:check NAME}; else its file, and where that has several, its
     *     beginning
     * @param location where it is; null if its file is gone
     * @param duration how long it took
     * @param statement its text; null if no statement of it can be named
     * @param reason why it does not hold, was skipped, or ended; null if it holds
     */
    public record Check(
            MigrationVersion version,
            String name,
            Outcome outcome,
            @Nullable SourceLocation location,
            Duration duration,
            @Nullable String statement,
            @Nullable String reason) {

        /** One that has nothing to show but why it was not run. */
        public static Check notRun(MigrationVersion version, String name, Outcome outcome, String reason) {
            return new Check(version, name, outcome, null, Duration.ZERO, null, reason);
        }

        /** Of a script that cannot run as it is. */
        public static Check of(MigrationVersion version, String name, MigrationException.InvalidMigration failure) {
            SourceLocation place = failure.location();
            String problem = failure.problem();
            String prefix = place + ": ";
            return new Check(
                    version,
                    name,
                    Outcome.FAILED,
                    place,
                    Duration.ZERO,
                    null,
                    problem.startsWith(prefix) ? problem.substring(prefix.length()) : problem);
        }

        /** A line for people. */
        public String line() {
            return switch (outcome) {
                case HOLDS -> "\u2713 " + name;
                case FAILED -> "\u2717 " + name;
                case SKIPPED -> "- " + name + " (skipped: " + reason + ")";
                case ENDED, GONE -> "- " + name + " (" + reason + ")";
            };
        }

        /** Of one that does not hold: the lines below that, with the place, the statement, and why. */
        public String details() {
            return (location == null ? "" : "    at " + location + "\n")
                    + (statement == null
                            ? ""
                            : "\n" + statement.strip().indent(8).stripTrailing() + "\n\n")
                    + (reason == null ? "" : reason.indent(4).stripTrailing());
        }
    }

    /** How many came to this. */
    public int count(Outcome outcome) {
        return (int) checks.stream().filter(check -> check.outcome() == outcome).count();
    }

    /** Those that do not hold. */
    public List<Check> failed() {
        return checks.stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .toList();
    }

    /** All of it in a sentence. */
    public String summary() {
        if (checks.isEmpty()) {
            return "there is no check to run";
        }
        StringBuilder summary = new StringBuilder(String.valueOf(count(Outcome.HOLDS)))
                .append(count(Outcome.HOLDS) == 1 ? " check holds" : " checks hold");
        add(summary, Outcome.FAILED, "failed");
        add(summary, Outcome.SKIPPED, "skipped");
        add(summary, Outcome.ENDED, "ended");
        add(summary, Outcome.GONE, "without a file");
        return summary.toString();
    }

    private void add(StringBuilder summary, Outcome outcome, String words) {
        if (count(outcome) > 0) {
            summary.append(", ").append(count(outcome)).append(' ').append(words);
        }
    }

    /**
     * Ends what depends on them.
     *
     * @throws MigrationException.Refused with every check that does not hold
     */
    public void requireAll() {
        List<Check> failed = failed();
        if (!failed.isEmpty()) {
            throw new MigrationException.Refused(
                    (failed.size() == 1 ? "A check" : failed.size() + " checks") + " of " + database
                            + (failed.size() == 1 ? " does not hold." : " do not hold.")
                            + failed.stream()
                                    .map(check -> "\n\n" + check.line() + "\n" + check.details())
                                    .collect(Collectors.joining()),
                    "Find out what has changed the database since its migrations were applied. If a later migration"
                            + " makes a check untrue, end it with 'migrate:verify-until VERSION' in its header.");
        }
    }
}
