package io.mhras.migrations.faults;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The databases of a server.
 *
 * @param adminUrl the address of its own one, with a user who may do everything
 */
record Databases(String adminUrl) {

    /** What our own sessions call themselves, so that they are not taken for those of a run. */
    private static final String OURS = "&ApplicationName=faults";

    JdbcTemplate admin() {
        return new JdbcTemplate(new DriverManagerDataSource(adminUrl));
    }

    int majorVersion() {
        String version = admin().queryForObject("SHOW server_version_num", String.class);
        return Integer.parseInt(String.valueOf(version)) / 10_000;
    }

    /** Makes a database in which an application has worked for a while. */
    void create(String name) {
        admin().execute("CREATE DATABASE " + name);
        admin().execute("ALTER DATABASE " + name + " SET TimeZone = 'Asia/Kathmandu'");
        new JdbcTemplate(dataSource(name)).execute(MigrationMix.PREPARATION);
    }

    void drop(String name) {
        admin().execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /** Its address, for those who migrate. */
    String url(String name) {
        return adminUrl.replaceFirst("/[^/?]+\\?", "/" + name + "?");
    }

    /** Connections of ours. */
    DataSource dataSource(String name) {
        return new DriverManagerDataSource(url(name) + OURS);
    }

    /** The server's processes that work for those who migrate. */
    List<Long> backends(String name) {
        return admin().queryForList(
                        "SELECT pid FROM pg_stat_activity WHERE datname = ? AND application_name <> 'faults'"
                                + " AND backend_type = 'client backend'",
                        Long.class,
                        name);
    }

    /** What is left of those who migrate once nobody does: locks, transactions, statements, sessions that are not clean. */
    List<String> leftovers(String name) {
        return admin().queryForList("""
                SELECT format('%s %s: %s', state, application_name, query) FROM pg_stat_activity
                WHERE datname = ? AND application_name <> 'faults' AND backend_type = 'client backend'
                  AND (state IS DISTINCT FROM 'idle' OR application_name LIKE 'mhras%')
                UNION ALL
                SELECT format('advisory lock of %s', pid) FROM pg_locks
                WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = ?)""", String.class, name, name);
    }
}
