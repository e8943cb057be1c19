package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/** Services that have the migrations in {@code db/migration}, for tests. */
public final class TestService {

    private TestService() {}

    /** A service with JDBC on the database. */
    public static ApplicationContextRunner on(TestDatabase database) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        MigrationsAutoConfiguration.class))
                .withPropertyValues(settings(database).toArray(String[]::new));
    }

    /** The settings with which a service reaches the database. */
    public static List<String> settings(TestDatabase database) {
        return List.of(
                "spring.datasource.url=" + url(database),
                "spring.datasource.username=" + parameter(database, "user"),
                "spring.datasource.password=" + parameter(database, "password"));
    }

    /** The same as arguments of {@code main}, with more settings. */
    public static String[] arguments(TestDatabase database, String... more) {
        return Stream.concat(settings(database).stream().map("--"::concat), Stream.of(more))
                .toArray(String[]::new);
    }

    /** The database's URL without a user in it. */
    public static String url(TestDatabase database) {
        return database.url().replaceFirst("\\?.*", "");
    }

    static String user(TestDatabase database) {
        return parameter(database, "user");
    }

    private static String parameter(TestDatabase database, String name) {
        String url = database.url().substring("jdbc:".length());
        String value =
                UriComponentsBuilder.fromUriString(url).build().getQueryParams().getFirst(name);
        return value == null ? "" : value;
    }

    /** The versions in the history, oldest first. */
    public static List<String> applied(TestDatabase database) {
        return new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT version FROM migration_history WHERE event = 'APPLIED' ORDER BY id", String.class);
    }

    /** Whether the database has the table. */
    public static boolean hasTable(TestDatabase database, String table) {
        return Boolean.TRUE.equals(new JdbcTemplate(database.dataSource())
                .queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
    }
}
