package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What a user is told about a mistake. */
class MistakesTest {

    @Test
    void aMigrationThatFailsSaysSoItself() {
        assertThatThrownBy(() -> Migrations.in("classpath:db/broken").database())
                .isInstanceOf(ScriptFailed.class)
                .hasMessageContaining("classpath:db/broken/001_broken.sql:3:25")
                .hasMessageContaining("no_such_type");
    }

    @Test
    void whereThereAreNoMigrationsTheLocationsAreNamed() {
        assertThatThrownBy(() -> Migrations.in("classpath:db/nothing", "classpath:db/none")
                        .database())
                .isInstanceOf(Refused.class)
                .hasMessageContaining(
                        "There are no migrations for PostgreSQL in classpath:db/nothing, classpath:db/none.")
                .hasMessageContaining("@MigratedDatabase(locations = \"classpath:db/...\")");
    }

    @Test
    void twoAnnotationsForOneDatabaseContradictEachOther() {
        assertThatThrownBy(() -> TestClass.of(Contradiction.class))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(
                        "Two @MigratedDatabase annotations of Contradiction contradict each other: both are for"
                                + " the database 'billing'.");
    }

    @MigratedDatabase("billing")
    @MigratedDatabase(value = "billing", locations = "classpath:db/other")
    private static final class Contradiction {}

    @Test
    void aDatabaseThatTheTestDoesNotHaveIsNotGuessed() {
        TestClass test = TestClass.of(Two.class);

        assertThatThrownBy(() -> test.request("biling"))
                .hasMessageContaining("The test has no database 'biling'.")
                .hasMessageContaining("There are: the one without a name, 'billing'.");
        assertThat(test.request("").name()).isEmpty();
    }

    @MigratedDatabase
    @MigratedDatabase("billing")
    private static final class Two {}

    @Test
    void aPlaceholderNeedsAValue() {
        assertThatThrownBy(() -> TestClass.of(NoValue.class))
                .hasMessageContaining("The placeholder 'owner' of @MigratedDatabase has no value.");
    }

    @MigratedDatabase(placeholders = "owner")
    private static final class NoValue {}

    @Test
    void aWrongUserOfAUrlIsReportedByTheServer() {
        String url;
        try (TestDatabase database = Migrations.in("classpath:db/billing").database()) {
            url = database.url();
        }
        System.setProperty("mhras.test.url", url.replaceFirst("/mhras_test_\\w+", "/postgres"));
        System.setProperty("mhras.test.username", "nobody_here");
        System.setProperty("mhras.test.password", "guess");
        try {
            assertThatThrownBy(() -> Migrations.in("classpath:db/billing").database())
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("There is no connection to PostgreSQL: role \"nobody_here\" does not exist")
                    .hasMessageContaining("Check the user name and the password.")
                    .hasMessageNotContaining("guess");
        } finally {
            System.clearProperty("mhras.test.url");
            System.clearProperty("mhras.test.username");
            System.clearProperty("mhras.test.password");
        }
    }

    @Test
    void aUrlOfAServerServesAsWell() {
        String url;
        try (TestDatabase database = Migrations.in("classpath:db/billing").database()) {
            url = database.url().replaceFirst("/mhras_test_\\w+", "/postgres") + "?user=postgres";
        }
        System.setProperty("mhras.test.url", url);
        try (Migrations migrations = Migrations.in("classpath:db/billing")) {
            assertThat(migrations
                            .database()
                            .jdbc()
                            .sql("SELECT count(*) FROM invoices")
                            .query(Integer.class)
                            .single())
                    .isZero();
        } finally {
            System.clearProperty("mhras.test.url");
        }
    }

    @Test
    void entitiesAreOfASpringTest() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(NoSpring.class))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .hasMessageContaining("there are no entities of Hibernate in a Spring context."));
    }

    @MigratedDatabase(locations = "classpath:db/billing")
    static final class NoSpring {

        @Test
        void asks(JpaSchema entities) {
            assertThat(entities).isNotNull();
        }
    }
}
