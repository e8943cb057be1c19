package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class DataSourceChoiceTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @AutoClose
    private final TestDatabase other = TestServer.newDatabase();

    private final ApplicationContextRunner withoutDataSource =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class));

    @Test
    void theMarkedDataSourceComesFirst() {
        withoutDataSource
                .withUserConfiguration(Marked.class)
                .withBean("main", TestSource.class, () -> new TestSource(database))
                .withBean("elsewhere", TestSource.class, () -> new TestSource(other))
                .withPropertyValues("mhras.migrations.postgresql.url=jdbc:postgresql://no.such.host/none")
                .run(context -> assertThat(context).hasNotFailed());

        assertMigratedOnlyTheOther();
    }

    @Test
    void thenTheOwnUrlWithTheServicesUser() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.postgresql.url=" + TestService.url(other))
                .run(context -> assertThat(context).hasNotFailed());

        assertMigratedOnlyTheOther();
    }

    @Test
    void parametersOfOtherDriversMeanWhatTheyMeanThere() {
        other.run("CREATE SCHEMA app");

        withoutDataSource
                .withPropertyValues("mhras.migrations.postgresql.url=" + other.url() + "&search_path=app")
                .run(context -> assertThat(context).hasNotFailed());

        other.run("SELECT FROM app.migration_history");
    }

    @Test
    void whatIsUnknownInAnOwnUrlIsRefusedByName() {
        withoutDataSource
                .withPropertyValues("mhras.migrations.postgresql.url=" + other.url() + "&serch_path=app")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("'serch_path'", "Did you mean search_path?"));
    }

    @Test
    void anOwnUrlNeedsNoDataSource() {
        withoutDataSource
                .withPropertyValues("mhras.migrations.postgresql.url=" + other.url())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DataSource.class));

        assertMigratedOnlyTheOther();
    }

    @Test
    void thenTheServicesDatabaseWithAnOwnUser() {
        String user = "deployer_" + database.name();
        database.run("CREATE ROLE " + user + " LOGIN PASSWORD 'deploys'");
        database.run("GRANT CREATE ON SCHEMA public TO " + user);
        try {
            TestService.on(database)
                    .withPropertyValues(
                            "mhras.migrations.postgresql.username=" + user,
                            "mhras.migrations.postgresql.password=deploys")
                    .run(context -> assertThat(context.getBean(Migrator.class).history())
                            .extracting(HistoryEntry::appliedBy)
                            .containsOnly(user));
        } finally {
            database.run("DROP OWNED BY " + user);
            database.run("DROP ROLE " + user);
        }
    }

    @Test
    void anEmptySettingIsNone() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.postgresql.url=", "mhras.migrations.postgresql.username=")
                .run(context -> assertThat(TestService.applied(database)).hasSize(3));
    }

    @Test
    void ofSeveralTheOneThatIsPrimary() {
        withoutDataSource
                .withUserConfiguration(Primaries.class)
                .withBean("main", TestSource.class, () -> new TestSource(database))
                .withBean("elsewhere", TestSource.class, () -> new TestSource(other))
                .run(context -> assertThat(context).hasNotFailed());

        assertMigratedOnlyTheOther();
    }

    @Test
    void severalWithoutAPrimaryFailTheStart() {
        withoutDataSource
                .withBean("one", DataSource.class, database::dataSource)
                .withBean("two", DataSource.class, other::dataSource)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("several DataSource beans", "@MigrationDataSource", "@Primary"));
    }

    @Test
    void aServiceConnectionIsEnough() {
        withoutDataSource
                .withBean(JdbcConnectionDetails.class, () -> new Jdbc(other))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DataSource.class));

        assertMigratedOnlyTheOther();
    }

    @Test
    void aServiceConnectionOfADataSourceWins() {
        TestService.on(database)
                .withBean(JdbcConnectionDetails.class, () -> new Jdbc(other))
                .run(context -> assertThat(context).hasNotFailed());

        assertMigratedOnlyTheOther();
    }

    @Test
    void connectionDetailsOfTheMigrationsWin() {
        TestService.on(database)
                .withBean(MigrationConnectionDetails.class, () -> new Own(other.url()))
                .run(context -> assertThat(context).hasNotFailed());

        assertMigratedOnlyTheOther();
    }

    @Test
    void theDataSourceIsUsedAsItIs() {
        AtomicInteger connections = new AtomicInteger();
        DataSource counting = new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws java.sql.SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        };
        withoutDataSource
                .withBean(DataSource.class, () -> counting)
                .run(context -> assertThat(connections).hasPositiveValue());
    }

    private void assertMigratedOnlyTheOther() {
        assertThat(TestService.applied(other)).hasSize(3);
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    static final class TestSource extends DelegatingDataSource {
        TestSource(TestDatabase database) {
            super(database.dataSource());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean(defaultCandidate = false)
        @MigrationDataSource
        DataSource forMigrations(TestSource elsewhere) {
            return elsewhere;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Primaries {

        @Bean
        @Primary
        DataSource forAll(TestSource elsewhere) {
            return elsewhere;
        }
    }

    private record Jdbc(TestDatabase database) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return TestService.user(database);
        }

        @Override
        public @Nullable String getPassword() {
            return null;
        }

        @Override
        public String getJdbcUrl() {
            return database.url();
        }
    }

    private record Own(String url) implements MigrationConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return url;
        }

        @Override
        public @Nullable String getUsername() {
            return null;
        }

        @Override
        public @Nullable String getPassword() {
            return null;
        }
    }
}
