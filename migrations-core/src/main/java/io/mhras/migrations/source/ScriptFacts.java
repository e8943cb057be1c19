package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.source.MigrationFileName.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is found in a script when it is read, as in its header {@code -- migrate:requires 001, 004}.
 *
 * @param checksum see {@link io.mhras.migrations.Checksum}
 * @param options how to run it
 * @param requires what must have been applied before; null if it names nothing
 * @param runsNothing whether it has no statement
 * @param hasPlaceholders whether a placeholder may be in it
 */
record ScriptFacts(
        String checksum,
        Options options,
        @Nullable List<MigrationVersion> requires,
        boolean runsNothing,
        boolean hasPlaceholders) {

    /**
     * Of a whole script.
     *
     * @throws InvalidMigration if an option is wrong or in the wrong place, or if a check checks nothing
     */
    static ScriptFacts of(HeaderScanner scanner, String checksum, String location, Role role, CommentStyle comments) {
        Map<HeaderOption.Key, HeaderOption> options = scanner.options();
        if (role == Role.VERIFY && !scanner.hasStatements()) {
            throw new InvalidMigration(
                    scanner.hasComments() ? "the file has nothing but comments." : "the file is empty.",
                    SourceLocation.of(location),
                    "Write a SELECT that returns true if the migration worked, or remove the file.");
        }
        if (options.isEmpty()) {
            return scanned(scanner, checksum, Options.DEFAULT, null);
        }
        HeaderOption transaction = options.get(HeaderOption.Key.TRANSACTION);
        HeaderOption lockTimeout = options.get(HeaderOption.Key.LOCK_TIMEOUT);
        HeaderOption requires = options.get(HeaderOption.Key.REQUIRES);
        if (requires != null && role != Role.UP) {
            throw requires.invalid(
                    "'migrate:requires' means nothing in " + role.withArticle() + " script.",
                    "Write it in the up script.");
        }
        HeaderOption batch = options.get(HeaderOption.Key.BATCH);
        if (batch != null && (transaction != null || role == Role.VERIFY || comments != CommentStyle.SQL)) {
            throw batch.invalid(
                    "'migrate:batch' is for an SQL script that changes rows, each batch in a transaction of its own.",
                    transaction == null ? "Take it out." : "Take 'migrate:transaction' out.");
        }
        if (lockTimeout != null && comments != CommentStyle.SQL) {
            throw lockTimeout.invalid(
                    "'migrate:lock-timeout' is for SQL scripts: MongoDB's statements do not wait for each other's locks.",
                    "Take it out.");
        }
        HeaderOption until = options.get(HeaderOption.Key.VERIFY_UNTIL);
        if (until != null && role != Role.VERIFY) {
            throw until.invalid(
                    "'migrate:verify-until' means nothing in " + role.withArticle() + " script.",
                    "Write it in the verify script.");
        }
        Transaction mode = transaction == null ? Transaction.AUTO : transaction.asTransaction();
        Duration timeout = lockTimeout == null ? null : lockTimeout.asTimeout();
        return scanned(
                scanner,
                checksum,
                new Options(
                        mode,
                        timeout,
                        batch == null ? null : batch.asBatch(),
                        until == null ? null : until.asVersion()),
                requires == null ? null : requires.asVersions());
    }

    private static ScriptFacts scanned(
            HeaderScanner scanner, String checksum, Options options, @Nullable List<MigrationVersion> requires) {
        return new ScriptFacts(checksum, options, requires, !scanner.hasStatements(), scanner.hasPlaceholders());
    }
}
