package io.mhras.migrations.cli;

import static io.mhras.migrations.cli.DatabaseOptions.first;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the command line, the environment and the settings say that PostgreSQL is. */
final class PostgresAddress {

    private PostgresAddress() {}

    /** Null if none is given. */
    static @Nullable ConnectionUrl find(DatabaseOptions options, Settings settings, Map<String, String> environment) {
        String given =
                first(options.url(Kind.POSTGRESQL), settings.inEnvironment("postgresql.url"), databaseUrl(environment));
        if (given != null) {
            return ConnectionUrl.parse(given);
        }
        if (isAnySet(environment, "DB_HOST", "DB_NAME")) {
            return ofVariables(environment, "DB_", "DB_NAME", "DB_SSL_MODE");
        }
        if (isAnySet(environment, "PGHOST", "PGDATABASE")) {
            return ofVariables(environment, "PG", "PGDATABASE", "PGSSLMODE");
        }
        String service = environment.get("PGSERVICE");
        if (service != null && !service.isBlank()) {
            return new ConnectionUrl("jdbc:postgresql://?service=" + service, null, null);
        }
        String inFile = settings.inFile("postgresql.url");
        return inFile == null ? null : ConnectionUrl.parse(inFile);
    }

    private static @Nullable String databaseUrl(Map<String, String> environment) {
        String url = first(environment.get("DATABASE_URL"));
        return url == null || Kind.of(url) != Kind.POSTGRESQL ? null : url;
    }

    private static boolean isAnySet(Map<String, String> environment, String... names) {
        for (String name : names) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static ConnectionUrl ofVariables(
            Map<String, String> environment, String prefix, String name, String sslMode) {
        ConnectionUrl address = ConnectionUrl.of(
                Objects.requireNonNullElse(first(environment.get(prefix + "HOST")), "localhost"),
                Objects.requireNonNullElse(first(environment.get(prefix + "PORT")), "5432"),
                first(environment.get(name)),
                first(environment.get(sslMode)),
                first(environment.get(prefix + "USER")));
        return new ConnectionUrl(address.jdbcUrl(), address.user(), first(environment.get(prefix + "PASSWORD")));
    }
}
