package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.Nearest;
import io.mhras.migrations.text.SettingNames;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * The parameters of a PostgreSQL URL, which tools of other languages name in their own ways. The JDBC driver ignores what it
 * does not know; here it is translated if it has a counterpart, and else refused by name.
 */
public final class UrlParameters {

    private static final String JDBC = "jdbc:postgresql:";

    /** What libpq, Go, Prisma and Rails call it, and what the JDBC driver does. */
    private static final Map<String, PGProperty> COUNTERPARTS = Map.ofEntries(
            Map.entry("application_name", PGProperty.APPLICATION_NAME),
            Map.entry("fallback_application_name", PGProperty.APPLICATION_NAME),
            Map.entry("connect_timeout", PGProperty.CONNECT_TIMEOUT),
            Map.entry("keepalives", PGProperty.TCP_KEEP_ALIVE),
            Map.entry("channel_binding", PGProperty.CHANNEL_BINDING),
            Map.entry("gssencmode", PGProperty.GSS_ENC_MODE),
            Map.entry("krbsrvname", PGProperty.KERBEROS_SERVER_NAME),
            Map.entry("load_balance_hosts", PGProperty.LOAD_BALANCE_HOSTS),
            Map.entry("require_auth", PGProperty.REQUIRE_AUTH),
            Map.entry("requiressl", PGProperty.SSL_MODE),
            Map.entry("sslnegotiation", PGProperty.SSL_NEGOTIATION),
            Map.entry("target_session_attrs", PGProperty.TARGET_SERVER_TYPE),
            Map.entry("dbname", PGProperty.PG_DBNAME),
            Map.entry("host", PGProperty.PG_HOST),
            Map.entry("port", PGProperty.PG_PORT),
            Map.entry("search_path", PGProperty.CURRENT_SCHEMA),
            Map.entry("schema_search_path", PGProperty.CURRENT_SCHEMA),
            Map.entry("schema", PGProperty.CURRENT_SCHEMA));

    /** What values of those are called, where that differs. */
    private static final Map<String, Map<String, String>> VALUES = Map.of(
            "target_session_attrs",
            Map.of(
                    "read-write", "primary",
                    "read-only", "secondary",
                    "standby", "secondary",
                    "prefer-standby", "preferSecondary"),
            "keepalives",
            Map.of("1", "true", "0", "false"),
            "load_balance_hosts",
            Map.of("random", "true", "disable", "false"),
            "requiressl",
            Map.of("1", "require", "0", "prefer"));

    /** A value that the driver does not know would be noticed late, or not at all. */
    private static final Set<PGProperty> CHECKED = Set.of(
            PGProperty.SSL_MODE,
            PGProperty.SSL_NEGOTIATION,
            PGProperty.GSS_ENC_MODE,
            PGProperty.CHANNEL_BINDING,
            PGProperty.TARGET_SERVER_TYPE);

    /** What tunes sockets or pools: without it one connection that migrates works just as well. */
    private static final Set<String> LEFT_OUT = Set.of(
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "sslcompression",
            "sslsni",
            "connection_limit",
            "pool_timeout",
            "pgbouncer",
            "statement_cache_size",
            "pool",
            "pool_size",
            "pool_max_conns",
            "pool_min_conns",
            "pool_max_conn_lifetime",
            "pool_max_conn_idle_time",
            "pool_health_check_period",
            "prepared_statements",
            "uselibpqcompat");

    private static final Set<String> OF_A_SESSION = Set.of(
            "datestyle",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "intervalstyle",
            "role",
            "session_replication_role",
            "synchronous_commit",
            "timezone",
            "transaction_timeout",
            "work_mem");

    private static final String NO_COUNTERPART = "The JDBC driver has no counterpart. Leave it out.";

    /** What else is known, and what to do about it. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("hostaddr", "Write the address in place of the host."),
            Map.entry("passfile", "Name that file in the environment variable PGPASSFILE."),
            Map.entry("servicefile", "Name that file in the environment variable PGSERVICEFILE."),
            Map.entry("sslaccept", "Write sslmode=require; or sslmode=verify-full, which checks the certificate."),
            Map.entry("sslidentity", "Write sslcert and sslkey, for the certificate and its key."),
            Map.entry("sslcrl", NO_COUNTERPART),
            Map.entry("sslcrldir", NO_COUNTERPART),
            Map.entry("sslcertmode", NO_COUNTERPART),
            Map.entry("ssl_min_protocol_version", NO_COUNTERPART),
            Map.entry("ssl_max_protocol_version", NO_COUNTERPART),
            Map.entry("requirepeer", NO_COUNTERPART),
            Map.entry("gssdelegation", NO_COUNTERPART),
            Map.entry("x-multi-statement", "Leave it out: each file may have several statements."),
            Map.entry("x-multi-statement-max-size", "Leave it out: a statement may be of any size."));

    private UrlParameters() {}

    /**
     * A URL of the JDBC driver with parameters that it knows; a URL of another driver as it is.
     *
     * @throws Refused if one is known to nobody, or has no counterpart
     */
    public static String translated(String url) {
        int query = url.indexOf('?');
        if (query < 0 || !url.startsWith(JDBC)) {
            return url;
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : url.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            given.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        given.remove("");
        Map<String, String> known = translated(given);
        return known.equals(given)
                ? url
                : url.substring(0, query)
                        + known.entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", known.isEmpty() ? "" : "?", ""));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    "Something in the URL of PostgreSQL is not percent-encoded as it should be.", "Write % as %25.");
        }
    }

    /**
     * Parameters as the JDBC driver calls them, from what whoever wrote the URL called them.
     *
     * @throws Refused if one is known to nobody, or has no counterpart
     */
    public static Map<String, String> translated(Map<String, String> given) {
        Map<String, String> known = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            PGProperty property = property(name);
            if (property != null) {
                put(known, property, name, VALUES.getOrDefault(name, Map.of()).getOrDefault(value, value));
            } else if (!isLeftOut(name, value)) {
                throw new Refused("The URL of PostgreSQL has a parameter '" + name + "', " + why(name), remedy(name));
            }
        });
        return known;
    }

    private static @Nullable PGProperty property(String name) {
        PGProperty property = PGProperty.forName(name);
        return property == null ? COUNTERPARTS.get(name) : property;
    }

    private static void put(Map<String, String> known, PGProperty property, String name, String value) {
        String[] choices = property.getChoices();
        if (CHECKED.contains(property)
                && choices != null
                && List.of(choices).stream().noneMatch(value::equalsIgnoreCase)) {
            List<String> near = Nearest.to(value.toLowerCase(Locale.ROOT), List.of(choices));
            throw new Refused(
                    "The parameter '" + name + "' in the URL of PostgreSQL cannot be '" + value + "'.",
                    near.isEmpty()
                            ? "Write one of " + String.join(", ", choices) + "."
                            : "Did you mean " + String.join(", ", near) + "?");
        }
        if (name.equals("fallback_application_name")) {
            known.putIfAbsent(property.getName(), value);
            return;
        }
        if (property == PGProperty.CURRENT_SCHEMA && value.isBlank()) {
            return;
        }
        String other = known.put(property.getName(), value);
        if (property == PGProperty.CURRENT_SCHEMA && other != null && !other.equals(value)) {
            throw new Refused(
                    "The URL of PostgreSQL names two schemas, '" + other + "' and '" + value + "'.",
                    "Leave one of them: schema, search_path and currentSchema mean the same.");
        }
    }

    private static boolean isLeftOut(String name, String value) {
        return LEFT_OUT.contains(name)
                // The driver speaks UTF-8 in any case.
                || Set.of("client_encoding", "encoding", "charset").contains(name)
                        && value.toLowerCase(Locale.ROOT).matches("utf-?8|unicode|auto");
    }

    private static String why(String name) {
        return REMEDIES.containsKey(name)
                        || settingOf(name) != null
                        || OF_A_SESSION.contains(name.toLowerCase(Locale.ROOT))
                ? "which has no effect here."
                : "which nothing knows.";
    }

    private static String remedy(String name) {
        String setting = settingOf(name);
        if (name.startsWith("x-migrations-table")) {
            return "It names the history of golang-migrate, which 'adopt' reads. Leave it out; to give ours a name, set "
                    + setting + ".";
        }
        if (setting != null) {
            return "Set " + setting + " instead, and leave it out.";
        }
        if (OF_A_SESSION.contains(name.toLowerCase(Locale.ROOT))) {
            return "A setting of the session goes into options: options=-c%20" + name + "=...";
        }
        String known = REMEDIES.get(name);
        if (known != null) {
            return known;
        }
        List<String> near = nearest(name);
        return near.isEmpty()
                ? "Leave it out. What the JDBC driver and psql know is possible; a setting of the session goes into"
                        + " options: options=-c%20name=value."
                : "Did you mean " + String.join(", ", near) + "?";
    }

    private static @Nullable String settingOf(String name) {
        return switch (name) {
            case "x-migrations-table", "x-migrations-table-quoted" -> SettingNames.quoted("postgresql.table");
            case "x-statement-timeout", "statement_timeout" -> SettingNames.quoted("postgresql.statement-timeout");
            case "lock_timeout" -> SettingNames.quoted("postgresql.lock-timeout");
            default -> null;
        };
    }

    private static List<String> nearest(String name) {
        Set<String> names = new TreeSet<>(COUNTERPARTS.keySet());
        for (PGProperty property : PGProperty.values()) {
            names.add(property.getName());
        }
        List<String> same = names.stream().filter(name::equalsIgnoreCase).toList();
        return same.isEmpty() ? Nearest.to(name, names) : same;
    }
}
