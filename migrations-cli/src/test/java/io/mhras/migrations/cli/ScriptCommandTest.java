package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.Psql;
import io.mhras.migrations.testing.Psql.Outcome;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** SQL that is run with psql leaves what a run of ours leaves. */
class ScriptCommandTest extends CommandTest {

    private final TestDatabase other = TestServer.newDatabase();

    @AfterEach
    void dropOther() {
        other.close();
    }

    /** Runs a verb that is given no database. */
    private CommandRun offline(String... arguments) {
        return CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), arguments);
    }

    private static void runs(TestDatabase database, String script) {
        Outcome outcome = Psql.ofThisMachine().run(database, script);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    private static List<Map<String, Object>> history(TestDatabase database, String table) {
        return new JdbcTemplate(database.dataSource()).queryForList("""
                SELECT event, version, description, script, checksum, up_script, down_script, statement, error,
                       applied_by, application, fingerprint
                FROM\s""" + table + " ORDER BY id");
    }

    private static String[] with(String verb, List<String> settings, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(settings);
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "allied-health, public, migration_history",
        "auditor, public, migration_history",
        "compliance, regulatory, migrations",
        "healthcare, public, migration_history",
        "mhras, public, migration_history"
    })
    void eachSampleSystemIsTheSameThroughPsql(String system, String schema, String table) {
        List<String> settings = List.of(
                "--locations", "../sample-app/src/main/resources/db/" + system, "--schema", schema, "--table", table);
        String history = schema + "." + table;

        done(with("apply", settings, "--force"));
        CommandRun up = offline(with("script", settings));
        assertThat(up.code()).as(up.err()).isZero();
        runs(other, up.out());

        assertThat(history(other, history)).isEqualTo(history(database, history));
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
        Map<String, String> environment = Map.of("DATABASE_URL", other.url());
        assertThat(CommandRun.of(environment, with("status", settings)).out()).contains("up to date");

        done(with("rollback", settings, "base", "--force"));
        CommandRun down = offline(with("script", settings, "--down", "head:base"));
        assertThat(down.code()).as(down.err()).isZero();
        runs(other, down.out());

        assertThat(history(other, history)).isEqualTo(history(database, history));
        assertThat(Catalog.of(other.dataSource())).isEqualTo(Catalog.of(database.dataSource()));
    }

    @Test
    void alembicsWayLeadsToTheSameSql() throws IOException {
        writeThree();

        assertThat(offline("upgrade", "head", "--sql").out())
                .isEqualTo(offline("script").out())
                .contains("CREATE TABLE visits");
        assertThat(offline("upgrade", "001:003", "--sql").out())
                .isEqualTo(offline("script", "001:003").out())
                .doesNotContain("CREATE TABLE patients");
        assertThat(offline("downgrade", "003:001", "--sql").out())
                .isEqualTo(offline("script", "--down", "003:001").out())
                .contains("DROP TABLE visits;");
        assertThat(offline("rollback", "--sql").out())
                .isEqualTo(offline("script", "--down").out())
                .contains("DROP TABLE visits;");
    }

    @Test
    void aScriptSaysWhatItDoes() throws IOException {
        writeThree();

        assertThat(offline("script", "002").out()).startsWith("""
                -- From base on, 2 to do. Made by MHRAS Migrations.
                -- Run it with: psql -v ON_ERROR_STOP=1 -f FILE
                --
                --   apply 001 create patients (001_create_patients.sql)
                --   apply 002 add consent (002_add_consent.sql)
                """);
        Outcome outcome =
                Psql.ofThisMachine().run(other, offline("script", ":2").out());
        assertThat(outcome.output()).isEqualTo("""
                apply 001 create patients (001_create_patients.sql)
                apply 002 add consent (002_add_consent.sql)
                """);
        runs(other, offline("script", "2:").out());
        assertThat(CommandRun.of(
                                Map.of("DATABASE_URL", other.url(), "MIGRATION_PATH", folder.toString()),
                                "history",
                                "--format",
                                "json")
                        .json())
                .hasSize(3);
    }

    @Test
    void theWrongWayRoundIsAnError() throws IOException {
        writeThree();

        CommandRun run = offline("script", "003:001");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("There is nothing to do from 003 to 001.")
                .contains("For the way back: migrations script --down 003:001.");

        CommandRun back = offline("script", "--down", "003:003");
        assertThat(back.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(back.err()).contains("For the way forward: migrations script 003:003.");

        CommandRun unknown = offline("script", "001:009");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unknown.err()).contains("There is no migration 009.");
    }

    @Test
    void helpHasAnExample() {
        assertThat(run("script", "--help").out())
                .contains("Example: migrations script 003:007 > release.sql")
                .contains("psql -v ON_ERROR_STOP=1");
    }
}
