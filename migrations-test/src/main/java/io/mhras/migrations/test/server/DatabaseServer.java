package io.mhras.migrations.test.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server on which databases are made.
 *
 * @param url of one of its databases
 * @param username null if the URL has it
 * @param password null if the URL has it, or for none
 * @param isKept whether it is the embedded one, which nobody else uses
 */
public record DatabaseServer(
        String url, @Nullable String username, @Nullable String password, boolean isKept) {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:(?://[^/?]*/?)?)([^?]*)(\\?.*)?");

    /** The URL of another database on it. */
    public String urlOf(String database) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a URL of PostgreSQL");
        }
        String server = String.valueOf(matcher.group(1));
        String options = matcher.group(3) == null ? "" : matcher.group(3);
        return (server.endsWith("/") || server.endsWith(":") ? server : server + "/") + database + options;
    }

    /** Connections to one of its databases, each a new one. */
    public DataSource dataSource(String database) {
        return dataSourceOf(urlOf(database));
    }

    /** Connections to the database of its own URL. */
    public DataSource administration() {
        return dataSourceOf(url);
    }

    private DataSource dataSourceOf(String address) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(address);
        if (username != null) {
            dataSource.setUser(username);
        }
        if (password != null) {
            dataSource.setPassword(password);
        }
        return dataSource;
    }

    /** A connection to the database of its own URL. */
    public Connection connect() throws SQLException {
        return administration().getConnection();
    }

    /** Without what can be secret. */
    @Override
    public String toString() {
        return "DatabaseServer[isKept=" + isKept + "]";
    }
}
