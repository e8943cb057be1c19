package io.mhras.migrations.cli.connection;

import static io.mhras.migrations.cli.options.Settings.first;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.postgresql.UrlParameters;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database, as it stands in the environment of services of all kinds.
 *
 * @param jdbcUrl without user and password
 * @param user null if the address names none
 * @param password null if the address holds none
 */
record PostgresAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {

    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/?)?([^?]*)(?:\\?(.*))?");
    private static final Pattern URI = Pattern.compile(
            "postgres(?:ql)?(?:\\+\\w+)?://(?:([^:@/?]*)(?::([^@/?]*))?@)?([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern HOSTS =
            Pattern.compile("(?:(?:\\[[^\\]]+]|[^\\[\\]:,@%]*)(?::\\d{1,5})?(?:,(?!$)|$))*");

    /**
     * Reads {@code jdbc:postgresql:...}, {@code postgresql://user:password@host:port/database?sslmode=...}, {@code
     * postgres://...}, and SQLAlchemy's {@code postgresql+driver://...}.
     *
     * @throws InvalidSettingException if it is none of these; it does not show the password
     */
    static PostgresAddress parse(String text) {
        Matcher jdbc = JDBC.matcher(text);
        Matcher uri = URI.matcher(text);
        if (jdbc.matches()) {
            return of(text, jdbc.group(1), jdbc.group(2), parameters(jdbc.group(3)), null, null);
        }
        if (uri.matches()) {
            return of(
                    text,
                    uri.group(3),
                    uri.group(4),
                    withTlsMode(parameters(uri.group(5))),
                    decoded(uri.group(1)),
                    decoded(uri.group(2)));
        }
        throw new InvalidSettingException(
                "'" + HiddenPassword.in(text) + "' is not an address of a PostgreSQL database.",
                "Write postgresql://user@host:port/database, jdbc:postgresql://host:port/database, or"
                        + " mongodb://host:port/database.");
    }

    private static PostgresAddress of(
            String text,
            @Nullable String hosts,
            @Nullable String database,
            Map<String, String> given,
            @Nullable String user,
            @Nullable String password) {
        String inQuery = first(given.get("host"), given.get("PGHOST"), "localhost");
        String host = hosts == null || hosts.isEmpty() ? Objects.requireNonNull(inQuery) : hosts;
        refuseSocket(host);
        if (!HOSTS.matcher(host).matches()) {
            throw new InvalidSettingException(
                    "'" + HiddenPassword.in(text) + "' has no host that can be told from the rest.",
                    text.startsWith("jdbc:")
                            ? "Give user and password apart: jdbc:postgresql://host:port/database?user=name."
                            : "Write special characters of a password percent-encoded: @ as %40, / as %2F, : as %3A,"
                                    + " % as %25; and an IPv6 address in brackets.");
        }
        Map<String, String> parameters = translated(given);
        String userToo = parameters.remove("user");
        String passwordToo = parameters.remove("password");
        parameters.remove("PGHOST");
        String name = database == null || database.isEmpty() ? parameters.remove("PGDBNAME") : database;
        String rest = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new PostgresAddress(
                "jdbc:postgresql://" + host + "/" + (name == null ? "" : name) + (rest.isEmpty() ? "" : "?" + rest),
                user == null ? userToo : user,
                password == null ? passwordToo : password);
    }

    /** The address made of separate variables. */
    static PostgresAddress of(
            String hosts, String ports, @Nullable String database, @Nullable String sslMode, @Nullable String user) {
        refuseSocket(hosts);
        String[] host = hosts.split(",", -1);
        String[] port = ports.split(",", -1);
        StringBuilder address = new StringBuilder();
        for (int i = 0; i < host.length; i++) {
            boolean isIpv6 = host[i].contains(":") && !host[i].startsWith("[");
            address.append(i == 0 ? "" : ",")
                    .append(isIpv6 ? "[" + host[i] + "]" : host[i])
                    .append(':')
                    .append(port[Math.min(i, port.length - 1)]);
        }
        String name = database == null ? "" : URLEncoder.encode(database, StandardCharsets.UTF_8);
        return of("", address.toString(), name, sslMode == null ? Map.of() : Map.of("sslmode", sslMode), user, null);
    }

    private static void refuseSocket(String host) {
        if (host.startsWith("/") || host.toLowerCase(Locale.ROOT).startsWith("%2f")) {
            throw new InvalidSettingException(
                    "The host " + decoded(host) + " is a Unix socket, and the driver speaks TCP only.",
                    "Use localhost as the host, and listen_addresses in postgresql.conf must have it.");
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            found.put(equals < 0 ? pair : pair.substring(0, equals), Objects.requireNonNullElse(value, ""));
        }
        return found;
    }

    /** In the URLs of other languages {@code ssl} asks for TLS alone; for the JDBC driver it asks for a certificate, too. */
    private static Map<String, String> withTlsMode(Map<String, String> given) {
        String tls = given.remove("ssl");
        if (tls != null) {
            given.putIfAbsent(
                    "sslmode",
                    switch (tls) {
                        case "true", "1", "", "no-verify" -> "require";
                        case "false", "0" -> "disable";
                        default -> tls;
                    });
        }
        return given;
    }

    private static Map<String, String> translated(Map<String, String> given) {
        try {
            return UrlParameters.translated(given);
        } catch (Refused e) {
            throw new InvalidSettingException(e.problem(), e.remedy());
        }
    }

    private static @Nullable String decoded(@Nullable String text) {
        try {
            // In the user's part of a URI a plus is a plus.
            return text == null || text.isEmpty()
                    ? null
                    : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "Something in the address is not percent-encoded as it should be.", "Write % as %25.");
        }
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
