package io.mhras.migrations.schema.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.report.LockMode;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.RelationLock;
import io.mhras.migrations.schema.report.StatementFacts;
import io.mhras.migrations.schema.report.TableScan;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is measured of each change agrees with what is known of PostgreSQL, on an old server and on a new one. */
class LintFactsTest {

    private static final String RESET = """
            DROP PUBLICATION IF EXISTS pub;
            DROP SCHEMA public CASCADE;
            CREATE SCHEMA public;
            CREATE TABLE p (id int PRIMARY KEY, code text);
            CREATE TABLE t (id int PRIMARY KEY, c int, n text, p_id int);
            """;

    private static final Map<String, LockMode> MODES = Map.of(
            "AS", LockMode.ACCESS_SHARE,
            "RS", LockMode.ROW_SHARE,
            "RE", LockMode.ROW_EXCLUSIVE,
            "SUE", LockMode.SHARE_UPDATE_EXCLUSIVE,
            "SH", LockMode.SHARE,
            "SRE", LockMode.SHARE_ROW_EXCLUSIVE,
            "EX", LockMode.EXCLUSIVE,
            "AEL", LockMode.ACCESS_EXCLUSIVE);

    /** One block of the file. */
    private record Change(Map<String, String> lines) {

        String get(String key) {
            return lines.getOrDefault(key, "");
        }

        boolean isFor(int major) {
            String[] versions = (get("on") + "-").split("-", -1);
            return get("on").isEmpty()
                    || (Integer.parseInt(versions[0]) <= major
                            && (versions[1].isEmpty() || major <= Integer.parseInt(versions[1])));
        }
    }

    private static List<Change> changes() throws IOException {
        try (InputStream file = Objects.requireNonNull(LintFactsTest.class.getResourceAsStream("facts.txt"))) {
            return Stream.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"))
                    .skip(1)
                    .map(LintFactsTest::change)
                    .toList();
        }
    }

    private static Change change(String block) {
        Map<String, String> lines = new HashMap<>();
        block.strip().lines().forEach(line -> {
            String key = line.startsWith("#") ? "#" : line.substring(0, line.indexOf(':'));
            lines.put(
                    key,
                    line.substring(key.length() + (key.equals("#") ? 0 : 1)).strip());
        });
        return new Change(lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void eachChangeDoesWhatIsKnownOfIt(int major) throws IOException {
        SoftAssertions soft = new SoftAssertions();
        try (TestDatabase database = ServerVersions.newDatabase(major)) {
            if (major >= 15) {
                makePlaces(database);
            }
            for (Change change : changes()) {
                if (change.isFor(major)) {
                    database.run(RESET + change.get("given"));
                    check(change, database, soft);
                }
            }
        }
        soft.assertAll();
    }

    /** Another place and another way to store tables. The first is the server's, and stays. */
    private static void makePlaces(TestDatabase database) {
        JdbcTemplate jdbc = new JdbcTemplate(
                new DriverManagerDataSource(database.url() + "&options=-c%20allow_in_place_tablespaces=on"));
        jdbc.execute("CREATE ACCESS METHOD another TYPE TABLE HANDLER heap_tableam_handler");
        if (jdbc.queryForList("SELECT FROM pg_tablespace WHERE spcname = 'another'")
                .isEmpty()) {
            jdbc.execute("CREATE TABLESPACE another LOCATION ''");
        }
    }

    private static void check(Change change, TestDatabase database, SoftAssertions soft) {
        Measurement measurement = new Measurement(database.dataSource());
        Files files = new Files().with("001_change.sql", change.get("run") + ";\n");
        Migrator migrator = new Migrator(
                new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT).observedBy(measurement),
                files::set);
        MigrationException failure =
                Assertions.catchThrowableOfType(MigrationException.class, () -> migrator.migrate(Target.HEAD));
        if (!change.get("refused").isEmpty()) {
            soft.assertThat(failure).as(change.get("#")).hasMessageContaining(change.get("refused"));
            return;
        }
        if (failure != null) {
            soft.fail(change.get("#") + ": " + failure.getMessage());
            return;
        }
        List<MigrationFacts> migrations = measurement.migrations();
        assertThat(migrations).hasSize(1);
        soft.assertThat(inWords(migrations.get(0), change.get("then")))
                .as(change.get("#"))
                .isEqualTo(change.get("then"));
    }

    private static String inWords(MigrationFacts facts, String expected) {
        List<String> parts = new ArrayList<>();
        add(
                parts,
                "",
                facts.locks().stream()
                        .filter(lock -> lock.relation().kind() != FactKind.INDEX
                                || (expected.split(";", 2)[0] + ",").contains(" " + nameOf(lock) + ","))
                        .sorted((one, other) -> nameOf(one).compareTo(nameOf(other)))
                        .map(lock -> abbreviation(lock.mode()) + " " + nameOf(lock)));
        add(parts, "rewrite ", names(facts.statements().stream().flatMap(s -> s.rewritten().stream())));
        add(parts, "rebuild ", names(facts.statements().stream().flatMap(s -> s.rebuilt().stream())));
        add(
                parts,
                "scan ",
                names(facts.statements().stream()
                        .map(StatementFacts::scans)
                        .flatMap(List::stream)
                        .map(TableScan::table)));
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String word, Stream<String> names) {
        String list = names.collect(Collectors.joining(", "));
        if (!list.isEmpty()) {
            parts.add(word + list);
        }
    }

    private static Stream<String> names(Stream<FactId> relations) {
        return relations.map(FactId::name).collect(Collectors.toCollection(TreeSet::new)).stream();
    }

    private static String nameOf(RelationLock lock) {
        return lock.relation().name();
    }

    private static String abbreviation(LockMode mode) {
        return MODES.entrySet().stream()
                .filter(entry -> entry.getValue() == mode)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
