package io.mhras.migrations.postgresql.history;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.text.SettingNames;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Explains errors of the history in the user's terms. */
public final class HistoryErrors {

    static final String UNDEFINED_COLUMN = "42703";
    private static final String WRONG_OBJECT = "42809";

    private HistoryErrors() {}

    /** A query of ours outside of scripts failed. */
    public static MigrationException of(HistoryTable table, SQLException e) {
        if (PostgresErrors.isConnectionBroken(e)) {
            return PostgresErrors.ofBrokenConnection(e);
        }
        return switch (String.valueOf(e.getSQLState())) {
            case UNDEFINED_COLUMN, WRONG_OBJECT ->
                new HistoryUnusable(
                        "The table " + table.qualifiedName() + " is there, but it is not a migration history of ours: "
                                + PostgresErrors.message(e),
                        "Give the history another name (setting " + SettingNames.quoted("postgresql.table")
                                + ") or another schema" + " (setting " + SettingNames.quoted("postgresql.schema")
                                + ").",
                        e);
            case PostgresErrors.READ_ONLY ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " cannot be written: " + PostgresErrors.message(e),
                        "Connect to the primary server, with a connection that is not read-only.",
                        e);
            case PostgresErrors.NO_RIGHT ->
                PostgresErrors.message(e).contains("row-level security")
                        ? ofPolicy(table, e)
                        : new HistoryUnusable(
                                "The database user may not use the history " + table.qualifiedName() + ": "
                                        + PostgresErrors.message(e),
                                "As the owner of the table: GRANT SELECT, INSERT ON " + table.qualifiedName()
                                        + " TO <user>;",
                                e);
            default ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " cannot be used: " + PostgresErrors.message(e),
                        "See the server's log for more.",
                        e);
        };
    }

    private static MigrationException ofPolicy(HistoryTable table, SQLException e) {
        return new HistoryUnusable(
                "Row-level security keeps the database user from writing the history " + table.qualifiedName() + ": "
                        + PostgresErrors.message(e),
                remedyForRowSecurity(table, "<user>"),
                e);
    }

    /** Row-level security shows this user none of the rows, or not all of them. */
    static MigrationException ofHiddenRows(HistoryTable table, String user) {
        return new HistoryUnusable(
                "Row-level security hides the history " + table.qualifiedName() + " from the database user " + user
                        + ", so it is not known what is applied.",
                remedyForRowSecurity(table, SqlQuote.identifier(user)),
                null);
    }

    private static String remedyForRowSecurity(HistoryTable table, String user) {
        return "As the owner of the table: ALTER TABLE " + table.qualifiedName() + " DISABLE ROW LEVEL SECURITY;"
                + " or let this user see all of it: CREATE POLICY migrations ON " + table.qualifiedName() + " TO "
                + user
                + " USING (true);";
    }

    /**
     * A script that makes the schema {@code "$user"} changes what comes first in the search_path: then everything would
     * run again, into the new schema. So where another history is visible, the user has to state which one is meant.
     */
    public static MigrationException ofNamesake(@Nullable String schema, String elsewhere) {
        return new HistoryUnusable(
                "The schema '" + schema + "' comes first in the connection's search_path and has no history; but '"
                        + elsewhere + "' has one.",
                "Say which one is meant: set " + SettingNames.quoted("postgresql.schema") + " to '" + elsewhere
                        + "' to go on there, or to '" + schema + "' to begin a history of its own.",
                null);
    }

    /** A row that cannot have been written by a release of ours. */
    static MigrationException ofRow(HistoryTable table, long id, String column, String problem) {
        return new HistoryUnusable(
                "The history " + table.qualifiedName() + " was changed by hand: the column '" + column
                        + "' of the row with id " + id + " " + problem + ".",
                "Put back what was there, for example from a backup: UPDATE " + table.qualifiedName() + " SET " + column
                        + " = ... WHERE id = " + id + ";",
                null);
    }

    /** How to keep the history elsewhere. */
    public static String historyOfItsOwn() {
        return "Give this service a history of its own: another table (setting "
                + SettingNames.quoted("postgresql.table") + ") or another schema (setting "
                + SettingNames.quoted("postgresql.schema") + ").";
    }

    /** The table of an older release could not be given the columns that it lacks. */
    public static MigrationException ofUpgrading(HistoryTable table, SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case PostgresErrors.NO_RIGHT ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " is of an older release and lacks columns, and the"
                                + " database user may not add them: " + PostgresErrors.message(e),
                        "As the owner of the table: " + table.addColumns() + ";",
                        e);
            case PostgresErrors.LOCK_NOT_AVAILABLE ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName()
                                + " is of an older release and lacks columns, and another"
                                + " session, such as a backup, uses the table: " + PostgresErrors.message(e),
                        "Start again when that session is done.",
                        e);
            default -> of(table, e);
        };
    }

    /** The schema or the table of the history could not be made. */
    public static MigrationException ofCreating(HistoryTable table, SQLException e) {
        if (!PostgresErrors.NO_RIGHT.equals(e.getSQLState())) {
            return of(table, e);
        }
        return new HistoryUnusable(
                "There is no history " + table.qualifiedName() + " yet, and the database user may not make it: "
                        + PostgresErrors.message(e),
                "As the owner of the database: GRANT CREATE ON "
                        + (PostgresErrors.message(e).contains("database")
                                ? "DATABASE <database>"
                                : "SCHEMA " + table.quotedSchema())
                        + " TO <user>; or let another user run the migrations"
                        + " (settings " + SettingNames.quoted("postgresql.username") + " and "
                        + SettingNames.quoted("postgresql.password") + ").",
                e);
    }
}
