package io.mhras.migrations;

import io.mhras.migrations.text.SettingNames;
import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * States what failed, where, why, and what to do next, in the user's terms.
 *
 * <p>The message has it all; {@link #problem()}, {@link #location()} and {@link #remedy()} are its parts. It never
 * contains a password, nor a connection string with one, nor a control character that came from elsewhere.
 */
public abstract sealed class MigrationException extends RuntimeException {

    private final String problem;
    private final transient @Nullable SourceLocation location;
    private final String remedy;

    private MigrationException(
            String problem, @Nullable SourceLocation location, String remedy, @Nullable Throwable cause) {
        super(VisibleText.of(problem + "\n\nWhat to do: " + remedy), cause);
        this.problem = VisibleText.of(problem);
        this.location = location;
        this.remedy = VisibleText.of(remedy);
    }

    /** What failed, where and why. */
    public String problem() {
        return problem;
    }

    /** The place in the file, if a file is to blame. */
    public @Nullable SourceLocation location() {
        return location;
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }

    /** The migration files themselves are wrong: a name, a header, an encoding, two files for one version, a cycle. */
    public static final class InvalidMigration extends MigrationException {
        public InvalidMigration(String problem, @Nullable SourceLocation location, String remedy) {
            super(location == null ? problem : location + ": " + problem, location, remedy, null);
        }

        /** The file at this location was found, and cannot be read. */
        public static InvalidMigration unreadable(String location, IOException cause) {
            return new InvalidMigration(
                    "the file cannot be read: " + cause.getMessage(),
                    SourceLocation.of(location),
                    "Check that the file is still there and readable.");
        }
    }

    /** The files and the history do not fit together: changed, missing or out of order. */
    public static final class HistoryConflict extends MigrationException {
        public HistoryConflict(String problem, String remedy) {
            super(problem, null, remedy, null);
        }
    }

    /** The target does not exist, is ambiguous, or cannot be reached this way. */
    public static final class InvalidTarget extends MigrationException {
        public InvalidTarget(String problem, String remedy) {
            super(problem, null, remedy, null);
        }
    }

    /** The database refused a script, or the script's check did not hold. */
    public static final class ScriptFailed extends MigrationException {
        private final @Nullable String sqlState;

        public ScriptFailed(
                String problem,
                @Nullable SourceLocation location,
                @Nullable String sqlState,
                String remedy,
                @Nullable Throwable cause) {
            super(problem, location, remedy, cause);
            this.sqlState = sqlState;
        }

        /** The database's code of the error, where it gave one. */
        public @Nullable String sqlState() {
            return sqlState;
        }
    }

    /** The database cannot be reached, or rejects the login, or the connection broke. */
    public static final class DatabaseUnavailable extends MigrationException {
        private final boolean isNotUpYet;

        public DatabaseUnavailable(String problem, String remedy, @Nullable Throwable cause) {
            this(problem, remedy, cause, false);
        }

        private DatabaseUnavailable(String problem, String remedy, @Nullable Throwable cause, boolean isNotUpYet) {
            super(problem, null, remedy, cause);
            this.isNotUpYet = isNotUpYet;
        }

        /** Nobody listens there, or the server is starting: another attempt may find it up. */
        public static DatabaseUnavailable notUpYet(String problem, String remedy, @Nullable Throwable cause) {
            return new DatabaseUnavailable(
                    problem,
                    remedy + " If it is only starting, the setting " + SettingNames.quoted("connect-timeout")
                            + " lets it be waited for.",
                    cause,
                    true);
        }

        /** Whether the connection was refused, the host is not known, or the server is starting. */
        public boolean isNotUpYet() {
            return isNotUpYet;
        }
    }

    /** The history table cannot be made, read or written. */
    public static final class HistoryUnusable extends MigrationException {
        public HistoryUnusable(String problem, String remedy, @Nullable Throwable cause) {
            super(problem, null, remedy, cause);
        }
    }

    /** Not allowed as things stand: a rollback without a down script, a clean that is not enabled, a pending schema. */
    public static final class Refused extends MigrationException {
        public Refused(String problem, String remedy) {
            super(problem, null, remedy, null);
        }
    }

    /** Another process did not finish within the limit that was set. */
    public static final class TimedOut extends MigrationException {
        public TimedOut(String problem, String remedy) {
            super(problem, null, remedy, null);
        }
    }

    /** The run was told to stop, and ended before its end. */
    public static final class Stopped extends MigrationException {
        public Stopped(String problem, String remedy, @Nullable Throwable cause) {
            super(problem, null, remedy, cause);
        }
    }

    /** A listener of the run, which is not ours, ended it with an exception. */
    public static final class ListenerFailed extends MigrationException {
        public ListenerFailed(String problem, String remedy, RuntimeException cause) {
            super(problem, null, remedy, cause);
        }
    }
}
