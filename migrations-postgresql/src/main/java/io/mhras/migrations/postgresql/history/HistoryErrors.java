package io.mhras.migrations.postgresql.history;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.SettingNames;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.SQLException;

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
                new HistoryUnusable(
                        "The database user may not use the history " + table.qualifiedName() + ": "
                                + PostgresErrors.message(e),
                        "As the owner of the table: GRANT SELECT, INSERT ON " + table.qualifiedName() + " TO <user>;",
                        e);
            default ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " cannot be used: " + PostgresErrors.message(e),
                        "See the server's log for more.",
                        e);
        };
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
