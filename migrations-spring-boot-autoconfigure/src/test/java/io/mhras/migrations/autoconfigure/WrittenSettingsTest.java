package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What was written is what is meant, or the start fails. */
class WrittenSettingsTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private ApplicationContextRunner yaml(String text) {
        return TestService.on(database)
                .withInitializer(context -> read(text)
                        .forEach(source ->
                                context.getEnvironment().getPropertySources().addFirst(source)));
    }

    private static List<PropertySource<?>> read(String text) {
        try {
            return new YamlPropertySourceLoader()
                    .load(
                            "application.yaml",
                            new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "clinic.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"+1, 1", "1.10, 1.1", "20251030_1530, 202510301530", "020, 16", "003, 3", "12, 12", "1:30, 90"})
    void aTargetThatArrivesAsANumberIsRefused(String written, String arrives) {
        yaml("mhras.migrations:\n  target: " + written + "\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll(
                                "mhras.migrations.target (Byte array resource [clinic.yaml] - 2:11) is written as a number",
                                "arrives as " + arrives + ":",
                                "Quote it"));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'+1'", "\"001\"", "head"})
    void aTargetThatIsQuotedIsTakenAsItIsWritten(String written) {
        yaml("mhras.migrations:\n  target: " + written + "\n")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(TestService.applied(database)).startsWith("001");
    }

    @ParameterizedTest
    @CsvSource({
        "target: 2, postgresql.target",
        "schema: 007, postgresql.schema",
        "table: 1e3, postgresql.table",
        "username: 012, postgresql.username"
    })
    void soIsEachOtherTextThatArrivesAsANumber(String line, String setting) {
        yaml("mhras.migrations.postgresql:\n  " + line + "\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll("mhras.migrations." + setting + " (", "is written as a number"));
    }

    @Test
    void aPasswordIsNotPrinted() {
        yaml("mhras.migrations.postgresql:\n  password: 0123\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll(
                                "postgresql.password", "is written as a number, and arrives as another text")
                        .hasMessageNotContaining("83"));
    }

    @Test
    void placeholdersAndDatabasesAreLookedAtToo() {
        yaml("mhras.migrations.placeholders:\n  limit: 010\n")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .hasMessageContaining(
                                        "mhras.migrations.placeholders.limit (Byte array resource [clinic.yaml] - 2:10) is written as a number"));
        yaml("mhras.migrations.databases.audit:\n  target: +1\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining(
                                "mhras.migrations.databases.audit.target (Byte array resource [clinic.yaml] - 2:11)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off", "yes", "no", "true"})
    void aTextThatArrivesAsTrueOrFalseIsRefused(String written) {
        yaml("mhras.migrations.postgresql:\n  schema: " + written + "\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll(
                                "mhras.migrations.postgresql.schema (", "YAML reads on, off, yes and no so"));
    }

    @ParameterizedTest
    @CsvSource({
        "lock-timeout: 5, postgresql.lock-timeout, 5s for seconds",
        "statement-timeout: 1:30, postgresql.statement-timeout, 90s for seconds",
        "'retry.limit: \"20\"', postgresql.retry.limit, 20ms for milliseconds"
    })
    void aTimeWithoutAUnitIsRefused(String line, String setting, String remedy) {
        yaml("mhras.migrations.postgresql:\n  " + line + "\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll("mhras.migrations." + setting + " (", "without a unit", remedy));
    }

    @Test
    void soIsASizeWithoutOne() {
        yaml("mhras.migrations.mongodb.script:\n  memory: 512\n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll("mongodb.script.memory (", "is 512, without a unit", "512MB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock-timeout: 0", "lock-timeout: PT20S", "lock-timeout: 500ms", "lockTimeout: 2s"})
    void timesThatSayWhatTheyMeanAreTaken(String line) {
        yaml("mhras.migrations.postgresql:\n  " + line + "\n")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void numbersAndSwitchesAreWhatTheyAre() {
        yaml("mhras.migrations:\n  clean-enabled: on\n  mongodb.script.statements: 10\n")
                .run(context -> assertThat(
                                context.getBean(MigrationsProperties.class).cleanEnabled())
                        .isTrue());
    }

    @Test
    void whatAnotherSourceOverridesDoesNotMatter() {
        yaml("mhras.migrations:\n  target: 12\n")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("first", Map.of("mhras.migrations.target", "001"))))
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(TestService.applied(database)).containsExactly("001");
    }

    @ParameterizedTest
    @CsvSource({
        "mhras.migrations.targt, mhras.migrations.target?",
        "mhras.migrations.location, mhras.migrations.locations?",
        "mhras.migrations.lock-timeout, mhras.migrations.postgresql.lock-timeout",
        "mhras.migrations.postgresql.lock-timeot, mhras.migrations.postgresql.lock-timeout?",
        "mhras.migrations.databases.audit.tabel, mhras.migrations.databases.audit.table?"
    })
    void aSettingThatDoesNotExistFailsTheStartWithTheNearest(String written, String nearest) {
        TestService.on(database)
                .withPropertyValues(written + "=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll("There is no setting '" + written + "'", "Did you mean", nearest));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void oneThatIsLikeNoneIsToldWhichThereAre() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.zzzzzzzzz=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContainingAll("The settings are mhras.migrations.enabled,", ".placeholders.<name>"));
    }

    @Test
    void theEnvironmentIsForOthersToo() {
        TestService.on(database)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment",
                                Map.of(
                                        "MHRAS_MIGRATIONS_HOME",
                                        "/opt",
                                        "MHRAS_MIGRATIONS_POSTGRESQL_LOCK_TIMEOUT",
                                        "3s"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MigrationsProperties.class)
                                    .postgresql()
                                    .lockTimeout())
                            .hasSeconds(3);
                });
    }

    @Test
    void aFolderThatWasWrittenDownHasToBeThere() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.locations=classpath:db/migration,classpath:db/migratoin")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.InvalidMigration.class)
                        .hasMessage("There is no folder classpath:db/migratoin, which the setting"
                                + " 'mhras.migrations.locations' names.\n\nWhat to do: Did you mean"
                                + " classpath:db/migration? If not, create the folder."));
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
    }

    @Test
    void soHasOneOfANamedDatabaseAndOneOnTheDisk() {
        TestService.on(database)
                .withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration",
                        "mhras.migrations.databases.audit.locations=filesystem:src/test/resources/db/aduit")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll(
                                "There is no folder filesystem:src/test/resources/db/aduit, which the setting"
                                        + " 'mhras.migrations.databases.audit.locations' names",
                                "Did you mean filesystem:src/test/resources/db/audit?"));
    }
}
