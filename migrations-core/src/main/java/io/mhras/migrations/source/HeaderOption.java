package io.mhras.migrations.source;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.MigrationFileName.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One option of a script, {@code migrate:key value}.
 *
 * @param key what it is about
 * @param value its value
 * @param place where its value is
 */
record HeaderOption(Key key, String value, SourceLocation place) {

    /** What a header can say. */
    enum Key {
        TRANSACTION,
        REQUIRES,
        LOCK_TIMEOUT,
        BATCH,
        /** Names a check; may be above any statement of a verify script. */
        CHECK,
        VERIFY_UNTIL,
        /** For the linter; may be above any statement, and more than once. */
        LINT_IGNORE;

        static Optional<Key> of(String text) {
            return Arrays.stream(values())
                    .filter(key -> key.toString().equalsIgnoreCase(text))
                    .findFirst();
        }

        /** What messages suggest: not what is accepted and ignored as long as there is no linter. */
        static String offered(Role role) {
            Set<Key> offered = role == Role.VERIFY
                    ? EnumSet.of(CHECK, VERIFY_UNTIL, LOCK_TIMEOUT)
                    : EnumSet.range(TRANSACTION, BATCH);
            return offered.stream().map(Key::toString).collect(joining(", "));
        }

        /** Whether it may stand above any statement. */
        boolean isOfStatement() {
            return this == LINT_IGNORE || this == CHECK;
        }

        /** As it is written in the file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)", Pattern.CASE_INSENSITIVE);

    private static final Pattern BATCH =
            Pattern.compile("size=(\\d{1,7})(?:\\s+pause=(\\d{1,9}\\s*(?:ms|s|m|h)))?", Pattern.CASE_INSENSITIVE);

    /** To PostgreSQL zero means no limit, and it refuses more than the largest. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    Transaction asTransaction() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "none" -> Transaction.NONE;
            case "file" -> Transaction.FILE;
            default ->
                throw invalidValue("Write 'none' (each statement for itself) or 'file' (the whole file in one"
                        + " transaction); without the option, what the file contains decides.");
        };
    }

    /** What a check that ends with another migration says. */
    MigrationVersion asVersion() {
        if (!MigrationVersion.isValid(value)) {
            throw invalidValue("Write the version of the migration that ends the check, for example"
                    + " 'migrate:verify-until 010'.");
        }
        return MigrationVersion.of(value);
    }

    /** Refuses a name of a check that is none, or stands in a script that has no checks. */
    void requireName(Role role) {
        if (role != Role.VERIFY) {
            throw invalid(
                    "'migrate:check' means nothing in " + role.withArticle() + " script.",
                    "Write it in the verify script, above a statement.");
        }
        if (value.isEmpty()) {
            throw invalidValue("Write what the statement below checks, for example 'migrate:check table patients'.");
        }
    }

    List<MigrationVersion> asVersions() {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .map(this::version)
                .distinct()
                .toList();
    }

    private MigrationVersion version(String text) {
        if (!MigrationVersion.isValid(text)) {
            throw invalidValue("Write versions, separated by commas, for example 'migrate:requires 001, 004'.");
        }
        return MigrationVersion.of(text);
    }

    Duration asTimeout() {
        Duration timeout = duration(value);
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw invalidTimeout();
        }
        return timeout;
    }

    Batch asBatch() {
        Matcher batch = BATCH.matcher(value);
        if (!batch.matches() || Integer.parseInt(batch.group(1)) == 0) {
            throw invalidValue(
                    "Write how many rows at a time, and what pause others need between two times, for example"
                            + " 'size=1000' or 'size=1000 pause=50ms'.");
        }
        String pause = batch.group(2);
        return new Batch(Integer.parseInt(batch.group(1)), pause == null ? Duration.ZERO : duration(pause));
    }

    private Duration duration(String text) {
        Matcher amount = AMOUNT.matcher(text);
        try {
            if (!amount.matches()) {
                return Duration.parse(text);
            }
        } catch (DateTimeException e) {
            throw invalidTimeout();
        }
        long number = Long.parseLong(amount.group(1));
        return switch (amount.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private InvalidMigration invalidTimeout() {
        return invalidValue("Write a number with its unit, from 1ms to 24 days, for example 500ms, 5s or 2m.");
    }

    private InvalidMigration invalidValue(String remedy) {
        return invalid(
                value.isEmpty()
                        ? "'migrate:" + key + "' has no value."
                        : "'migrate:" + key + "' cannot be '" + value + "'.",
                remedy);
    }

    InvalidMigration invalid(String problem, String remedy) {
        return new InvalidMigration(problem, place, remedy);
    }
}
