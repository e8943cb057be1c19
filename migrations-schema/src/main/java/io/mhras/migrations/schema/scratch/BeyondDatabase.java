package io.mhras.migrations.schema.scratch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What in SQL reaches beyond the database that it is sent to, and so is not undone when that one is dropped. */
final class BeyondDatabase {

    private static final Set<String> ROLES = Set.of("ROLE", "USER", "GROUP");
    private static final Set<String> SHARED = Set.of("ROLE", "TABLESPACE", "SUBSCRIPTION");
    private static final Set<String> FILES = Set.of(
            "lo_import",
            "lo_export",
            "pg_read_file",
            "pg_read_binary_file",
            "pg_ls_dir",
            "pg_ls_logdir",
            "pg_ls_waldir",
            "pg_ls_tmpdir",
            "pg_ls_archive_statusdir",
            "pg_stat_file",
            "pg_current_logfile",
            "pg_file_write",
            "pg_file_rename",
            "pg_file_unlink",
            "pg_file_sync");
    private static final Set<String> CONNECTIONS = Set.of(
            "dblink",
            "dblink_connect",
            "dblink_connect_u",
            "dblink_exec",
            "dblink_open",
            "dblink_fetch",
            "dblink_send_query",
            "dblink_get_result");
    private static final Set<String> SERVER = Set.of(
            "pg_reload_conf",
            "pg_rotate_logfile",
            "pg_promote",
            "pg_switch_wal",
            "pg_create_restore_point",
            "pg_backup_start",
            "pg_backup_stop",
            "pg_start_backup",
            "pg_stop_backup",
            "pg_terminate_backend",
            "pg_cancel_backend",
            "pg_create_physical_replication_slot",
            "pg_create_logical_replication_slot",
            "pg_copy_physical_replication_slot",
            "pg_copy_logical_replication_slot",
            "pg_drop_replication_slot",
            "pg_replication_slot_advance",
            "pg_replication_origin_create",
            "pg_replication_origin_drop",
            "pg_stat_reset_shared");
    private static final Set<String> UNTRUSTED =
            Set.of("plperlu", "plpythonu", "plpython2u", "plpython3u", "pltclu", "plsh", "pljavau", "plr");
    private static final Set<String> ABOUT_OBJECTS = Set.of("GRANT", "REVOKE", "COMMENT", "DROP", "SECURITY");

    private BeyondDatabase() {}

    /**
     * Why the statement that begins here reaches beyond its database; null if it does not. What names a database is not
     * looked at.
     */
    static @Nullable String command(SqlPiece sql, int i) {
        return switch (sql.word(i)) {
            case "CREATE", "ALTER", "DROP" -> definition(sql, i);
            case "GRANT", "REVOKE" -> right(sql, i);
            case "COMMENT", "SECURITY" -> remark(sql, i);
            case "COPY" -> copy(sql, i);
            case "REASSIGN" -> "REASSIGN OWNED reaches databases and tablespaces, too";
            case "IMPORT" -> sql.has(i + 1, "FOREIGN") ? "IMPORT FOREIGN SCHEMA connects to another server" : null;
            default -> null;
        };
    }

    private static @Nullable String definition(SqlPiece sql, int i) {
        String verb = sql.word(i);
        String what = sql.word(i + 1);
        if (ROLES.contains(what) && !sql.has(i + 2, "MAPPING")) {
            boolean isInDatabase = verb.equals("ALTER") && sql.has(i + 3, "IN", "DATABASE");
            return isInDatabase ? null : verb + " " + what + " changes a role, which all databases of the server share";
        }
        return switch (what) {
            case "TABLESPACE" -> verb + " TABLESPACE changes what all databases of the server share";
            case "SUBSCRIPTION" -> verb + " SUBSCRIPTION connects to another server";
            case "SYSTEM" -> verb.equals("ALTER") ? "ALTER SYSTEM changes the settings of the whole server" : null;
            case "OWNED" -> "DROP OWNED revokes rights on databases and tablespaces, too";
            case "SERVER" ->
                verb.equals("DROP") ? null : verb + " SERVER leads to another server, which queries then connect to";
            default -> null;
        };
    }

    private static @Nullable String right(SqlPiece sql, int i) {
        int on = sql.find(i, List.of("ON", "TO", "FROM"));
        if (on < 0) {
            return null;
        }
        if (!sql.word(on).equals("ON")) {
            return sql.word(i) + " of a role changes what all databases of the server share";
        }
        String what = sql.word(on + 1);
        boolean isShared = Set.of("TABLESPACE", "PARAMETER").contains(what);
        return isShared ? sql.word(i) + " ON " + what + " changes what all databases of the server share" : null;
    }

    private static @Nullable String remark(SqlPiece sql, int i) {
        int on = sql.find(i, List.of("ON", "IS"));
        String what = on < 0 ? "" : sql.word(on + 1);
        return SHARED.contains(what)
                ? "a remark on a " + what.toLowerCase(Locale.ROOT) + " is shared by all databases of the server"
                : null;
    }

    private static @Nullable String copy(SqlPiece sql, int i) {
        int direction = sql.find(i, List.of("FROM", "TO"));
        if (direction < 0) {
            return null;
        }
        if (sql.has(direction + 1, "PROGRAM")) {
            return "COPY ... PROGRAM runs a program on the server's machine";
        }
        return switch (sql.at(direction + 1).kind()) {
            case STRING, DOLLAR_STRING -> "COPY reaches a file on the server's machine";
            default -> null;
        };
    }

    /** Why the call, or the language, that is named here reaches beyond its database; null if it does not. */
    static @Nullable String call(SqlPiece sql, int i) {
        if (!sql.at(i).isIdentifier()) {
            return null;
        }
        String name = sql.at(i).name();
        if (sql.has(i - 1, "LANGUAGE") && UNTRUSTED.contains(name)) {
            return "a function in " + name + " may do on the server's machine whatever it wants";
        }
        if (!sql.isPunctuation(i + 1, "(")) {
            return null;
        }
        if (FILES.contains(name)) {
            return name + "() reaches files on the server's machine";
        }
        if (CONNECTIONS.contains(name)) {
            return name + "() connects to another database";
        }
        return SERVER.contains(name) ? name + "() reaches the whole server" : null;
    }

    /** Whether the names of functions in a statement that begins here are no calls. */
    static boolean namesObjectsOnly(SqlPiece sql, int i) {
        return ABOUT_OBJECTS.contains(sql.word(i));
    }
}
