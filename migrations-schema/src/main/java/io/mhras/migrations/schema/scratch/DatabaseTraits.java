package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;
import static io.mhras.migrations.postgresql.sql.SqlQuote.literal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a scratch database has to have in common with the real one.
 *
 * @param name the real database's
 * @param major the major version of its server
 * @param provider of its collation: {@code c} for libc, {@code i} for ICU, {@code b} for the server's own
 * @param locale of that provider; null for libc
 * @param timeZone as a new session has it
 */
record DatabaseTraits(
        String name,
        int major,
        String encoding,
        String collate,
        String ctype,
        String provider,
        @Nullable String locale,
        String timeZone) {

    private static final int PROVIDERS_SINCE = 15;
    private static final int ONE_LOCALE_SINCE = 17;

    static DatabaseTraits of(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT datname,
                               pg_encoding_to_char(encoding),
                               datcollate,
                               datctype,
                               %s,
                               %s,
                               current_setting('TimeZone')
                        FROM pg_database
                        WHERE datname = current_database()""".formatted(provider(major), locale(major)))) {
            row.next();
            return new DatabaseTraits(
                    row.getString(1),
                    major,
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7));
        }
    }

    private static String provider(int major) {
        return major < PROVIDERS_SINCE ? "'c'" : "datlocprovider::text";
    }

    private static String locale(int major) {
        return major < PROVIDERS_SINCE ? "NULL" : major < ONE_LOCALE_SINCE ? "daticulocale" : "datlocale";
    }

    /** The statement that makes a database with these. */
    String createDatabase(String scratch) {
        return "CREATE DATABASE " + identifier(scratch) + " TEMPLATE template0 ENCODING " + literal(encoding)
                + " LC_COLLATE " + literal(collate) + " LC_CTYPE " + literal(ctype)
                + switch (provider) {
                    case "i" -> " LOCALE_PROVIDER icu ICU_LOCALE " + literal(locale);
                    case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + literal(locale);
                    default -> "";
                };
    }
}
