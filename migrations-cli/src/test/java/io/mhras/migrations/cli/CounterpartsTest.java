package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/coming-from.md gives in place of other systems' command lines, each with 001 and 002 of three applied. */
class CounterpartsTest extends MongoCommandTest {

    private static final Pattern ROW = Pattern.compile("\\| (`.*) \\| `migrations ([^`]*)`.* \\|");
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** Where PostgreSQL stands after what changes it; what is not here changes nothing. */
    private static final Map<String, String> CURRENT_AFTER = Map.ofEntries(
            Map.entry("upgrade head", "003"),
            Map.entry("upgrade +1", "003"),
            Map.entry("downgrade -1", "001"),
            Map.entry("downgrade 001", "001"),
            Map.entry("downgrade base", ""),
            Map.entry("stamp head", "003"),
            Map.entry("apply", "003"),
            Map.entry("apply +1", "003"),
            Map.entry("apply --force", "003"),
            Map.entry("apply --verbose", "003"),
            Map.entry("apply --db-type postgresql", "003"),
            Map.entry("apply --db-type all", "003"),
            Map.entry("apply --url \"postgresql://user:pass@host:port/dbname\"", "003"),
            Map.entry("clean --force NAME --then-apply", "003"),
            Map.entry("check", "003"),
            Map.entry("validate", "003"),
            Map.entry("validate --db-type mongodb", "003"),
            Map.entry("validate --db-type postgresql", "003"));

    /** And MongoDB, with two of two applied; before an apply it is one. */
    private static final Map<String, String> MONGODB_CURRENT_AFTER = Map.of("rollback 001 --db-type mongodb", "001");

    @Override
    Map<String, String> environment() {
        return Map.of("DATABASE_URL", database.url(), "MIGRATION_PATH", folder.toString());
    }

    private Map<String, String> withMongo() {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("MONGODB_URL", mongo.url());
        environment.put("MONGODB_DB", mongo.databaseName());
        return environment;
    }

    static Stream<String> counterparts() throws IOException {
        return Files.readString(Path.of("../docs/coming-from.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(2).replaceFirst(" > .*", ""))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("counterparts")
    void works(String line) throws IOException {
        writeThree();
        List<String> arguments = arguments(line);
        done("apply", "+2");
        switch (arguments.get(0)) {
            case "validate", "check" -> done("apply");
            case "merge" -> write("003_create_visits.sql", "-- migrate:requires 001\n");
            default -> {}
        }

        boolean isOfBoth = line.matches(".*--db-type (mongodb|all)");
        if (isOfBoth) {
            writeTwoScripts();
            mongoDone("apply", line.startsWith("apply") ? "001" : "head", "--db-type", "mongodb");
        }

        CommandRun run = CommandRun.of(isOfBoth ? withMongo() : environment(), arguments.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(versions(done("current", "--db-type", "postgresql")))
                .isEqualTo(CURRENT_AFTER.getOrDefault(line, "002"));
        if (isOfBoth) {
            assertThat(versions(mongoDone("current", "--db-type", "mongodb")))
                    .isEqualTo(MONGODB_CURRENT_AFTER.getOrDefault(line, "002"));
        }
    }

    private CommandRun mongoDone(String... arguments) {
        CommandRun run = CommandRun.of(withMongo(), arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @Test
    void noSystemsCommandLinesAreMissing() throws IOException {
        // The table is long; that a row of it is read at all must not depend on how it is aligned.
        assertThat(counterparts()).hasSizeGreaterThan(40);
    }

    private List<String> arguments(String line) {
        List<String> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(line);
        while (argument.find()) {
            String text = argument.group(1) == null ? argument.group(2) : argument.group(1);
            arguments.add(
                    text.equals("NAME") ? database.name() : text.startsWith("postgresql://") ? database.url() : text);
        }
        return arguments;
    }

    private static String versions(CommandRun current) {
        return current.out().replaceAll("(?m)^(\\d+).*\\n", "$1");
    }
}
