package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;
import static io.mhras.migrations.postgresql.sql.SqlQuote.literal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a scratch database has to have in common with the real one.
 *
 * @param name the real database's
 * @param user who is connected to it
 * @param major the major version of its server
 * @param provider of its collation: {@code c} for libc, {@code i} for ICU, {@code b} for the server's own
 * @param locale of that provider; null for libc
 * @param settings what ALTER DATABASE has set for its sessions, such as their time zone: {@code name=value}
 */
record DatabaseTraits(
        String name,
        String user,
        int major,
        String encoding,
        String collate,
        String ctype,
        String provider,
        @Nullable String locale,
        List<String> settings) {

    /** Their values are lists of names, which are quoted already. */
    private static final Set<String> LISTS =
            Set.of("search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries");

    private static final int PROVIDERS_SINCE = 15;
    private static final int ONE_LOCALE_SINCE = 17;

    static DatabaseTraits of(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT datname,
                               current_user,
                               pg_encoding_to_char(encoding),
                               datcollate,
                               datctype,
                               %s,
                               %s,
                               ARRAY(SELECT setting
                                     FROM pg_db_role_setting s, unnest(s.setconfig) setting
                                     WHERE s.setdatabase IN (0, d.oid) AND s.setrole IN (0, current_user::regrole)
                                     ORDER BY s.setrole <> 0, s.setdatabase <> 0)
                        FROM pg_database d
                        WHERE datname = current_database()""".formatted(provider(major), locale(major)))) {
            row.next();
            return new DatabaseTraits(
                    row.getString(1),
                    row.getString(2),
                    major,
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    List.of((String[]) row.getArray(8).getArray()));
        }
    }

    private static String provider(int major) {
        return major < PROVIDERS_SINCE ? "'c'" : "datlocprovider::text";
    }

    private static String locale(int major) {
        return major < PROVIDERS_SINCE ? "NULL" : major < ONE_LOCALE_SINCE ? "daticulocale" : "datlocale";
    }

    /**
     * The statement that makes a database with these.
     *
     * @param onMajor the major version of the server that makes it
     */
    String createDatabase(String scratch, int onMajor) {
        return "CREATE DATABASE " + identifier(scratch) + " TEMPLATE template0 ENCODING " + literal(encoding)
                + " LC_COLLATE " + literal(collate) + " LC_CTYPE " + literal(ctype)
                + (onMajor < PROVIDERS_SINCE ? "" : localeProvider());
    }

    private String localeProvider() {
        return switch (provider) {
            case "i" -> " LOCALE_PROVIDER icu ICU_LOCALE " + literal(locale);
            case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + literal(locale);
            default -> " LOCALE_PROVIDER libc";
        };
    }

    /** The statements that give it the same settings. */
    List<String> settingsOf(String scratch) {
        return settings.stream()
                .map(setting -> {
                    String setTo = setting.substring(setting.indexOf('=') + 1);
                    String key = setting.substring(0, setting.indexOf('='));
                    return "ALTER DATABASE " + identifier(scratch) + " SET " + key + " = "
                            + (LISTS.contains(key) ? setTo.isEmpty() ? "''" : setTo : literal(setTo));
                })
                .toList();
    }
}
