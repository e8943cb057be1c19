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
 * The options in the comments above a script's first statement, for example {@code -- migrate:requires 001, 004}.
 *
 * @param options how to run the script
 * @param requires what must have been applied before; null if it names nothing
 */
record MigrationHeader(Options options, @Nullable List<MigrationVersion> requires) {

    /**
     * What a whole script's header says.
     *
     * @throws InvalidMigration if an option is wrong or in the wrong place, or if a check checks nothing
     */
    static MigrationHeader of(HeaderScanner scanner, String location, Role role, CommentStyle comments) {
        MigrationHeader header = of(scanner.options(), role, comments);
        if (role == Role.VERIFY) {
            refuseEmptyCheck(scanner, location);
        }
        return header;
    }

    private static MigrationHeader of(Map<HeaderOption.Key, HeaderOption> options, Role role, CommentStyle language) {
        if (options.isEmpty()) {
            return new MigrationHeader(Options.DEFAULT, null);
        }
        HeaderOption transaction = options.get(HeaderOption.Key.TRANSACTION);
        HeaderOption lockTimeout = options.get(HeaderOption.Key.LOCK_TIMEOUT);
        HeaderOption requires = options.get(HeaderOption.Key.REQUIRES);
        if (requires != null && role != Role.UP) {
            throw requires.invalid(
                    "'migrate:requires' means nothing in a " + role + " script.", "Write it in the up script.");
        }
        HeaderOption batch = options.get(HeaderOption.Key.BATCH);
        if (batch != null && (transaction != null || role == Role.VERIFY || language != CommentStyle.SQL)) {
            throw batch.invalid(
                    "'migrate:batch' is for an SQL script that changes rows, each batch in a transaction of its own.",
                    transaction == null ? "Take it out." : "Take 'migrate:transaction' out.");
        }
        if (lockTimeout != null && language != CommentStyle.SQL) {
            throw lockTimeout.invalid(
                    "'migrate:lock-timeout' is for SQL scripts: MongoDB's statements do not wait for each other's locks.",
                    "Take it out.");
        }
        Transaction mode = transaction == null ? Transaction.AUTO : transaction.asTransaction();
        Duration timeout = lockTimeout == null ? null : lockTimeout.asTimeout();
        return new MigrationHeader(
                new Options(mode, timeout, batch == null ? null : batch.asBatch()),
                requires == null ? null : requires.asVersions());
    }

    private static void refuseEmptyCheck(HeaderScanner scanner, String location) {
        if (!scanner.hasStatements()) {
            throw new InvalidMigration(
                    scanner.hasComments() ? "the file has nothing but comments." : "the file is empty.",
                    SourceLocation.of(location),
                    "Write a SELECT that returns true if the migration worked, or remove the file.");
        }
    }
}
