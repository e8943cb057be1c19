package io.mhras.migrations.postgresql;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a connection was like when the pool gave it to us, to be so again after each script.
 *
 * @param backend the server process
 * @param schema the first existing schema of the search_path; null if there is none
 * @param searchPath as {@code SHOW search_path} prints it
 * @param user what SET SESSION AUTHORIZATION had set, or who logged in
 * @param role what SET ROLE had set, or {@code none}
 * @param strings how it reads strings
 * @param settings what sets again what SET had set
 */
record SessionState(
        int backend,
        @Nullable String schema,
        String searchPath,
        String user,
        String role,
        SqlStrings strings,
        List<String> settings) {

    static SessionState of(JdbcTemplate jdbc) {
        String sql = """
                SELECT pg_backend_pid()                               AS backend,
                       current_schema()                               AS schema,
                       current_setting('search_path')                 AS search_path,
                       session_user                                   AS session_user,
                       current_setting('role')                        AS role,
                       current_setting('standard_conforming_strings') AS strings,
                       coalesce(array_agg(format('SELECT set_config(%L, %L, false)', name, setting)), '{}') AS settings
                FROM pg_settings WHERE source = 'session'""";
        return jdbc.query(
                        sql,
                        (row, number) -> new SessionState(
                                row.getInt("backend"),
                                row.getString("schema"),
                                row.getString("search_path"),
                                row.getString("session_user"),
                                row.getString("role"),
                                SqlStrings.of(row.getString("strings")),
                                List.of((String[]) row.getArray("settings").getArray())))
                .get(0);
    }

    /** Undoes what a script did to who we are, so that the history can be written again. */
    List<String> restoreUser() {
        return List.of(
                "SET SESSION AUTHORIZATION " + SqlQuote.identifier(user),
                "SELECT set_config('role', " + SqlQuote.literal(role) + ", false)");
    }

    /**
     * Undoes what a script did to who we are and to the settings.
     *
     * <p>As the user who logged in, who may set what the pool had set. Settings that a pool made up itself
     * ({@code my.name}) end here too: PostgreSQL does not list them, so they cannot be put back.
     */
    List<String> restoreSettings() {
        return Stream.of(List.of("SET SESSION AUTHORIZATION DEFAULT", "RESET ALL"), settings, restoreUser())
                .flatMap(List::stream)
                .toList();
    }

    /** Undoes everything else that a script can leave behind. Not DISCARD ALL, which would also free the migration lock. */
    static List<String> discard() {
        return List.of(
                "CLOSE ALL", "UNLISTEN *", "DEALLOCATE ALL", "DISCARD PLANS", "DISCARD TEMP", "DISCARD SEQUENCES");
    }
}
