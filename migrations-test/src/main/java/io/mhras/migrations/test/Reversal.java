package io.mhras.migrations.test;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.schema.PostgresSchema;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Applies migrations one by one, takes them back one by one, and applies them again: each state is compared. */
final class Reversal {

    private final TestDatabase database;
    private final PostgresSchema schema;
    private final List<String> problems = new ArrayList<>();

    /** A migration that was applied. */
    private record Step(String title, SchemaSnapshot before) {}

    private Reversal(TestDatabase database) {
        this.database = database;
        this.schema = new PostgresSchema(database.dataSource());
    }

    /** Each a line, with more lines for what differs. */
    static List<String> problemsOf(Migrations migrations) {
        List<String> missing = migrations.files().migrations().stream()
                .filter(migration -> migration.down() == null)
                .map(migration -> migration.title() + ": there is no down script beside "
                        + migration.up().location())
                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        try (TestDatabase database = migrations.at("base")) {
            Reversal reversal = new Reversal(database);
            reversal.run(migrations.files().migrations());
            return reversal.problems;
        }
    }

    private void run(List<Migration> migrations) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Migration migration : migrations) {
            if (!migration.isRepeatable()) {
                steps.push(new Step(migration.title(), snapshot()));
                database.upgradeTo(migration.version().toString());
            }
        }
        // Those that run again when they change are taken back together with the last of the others.
        database.upgrade();
        SchemaSnapshot top = snapshot();
        while (!steps.isEmpty() && problems.isEmpty()) {
            down(steps.pop());
        }
        if (problems.isEmpty()) {
            upAgain(top);
        }
    }

    private void down(Step step) {
        try {
            database.migrator().rollback(new Target.Back(1));
        } catch (MigrationException e) {
            problems.add(step.title() + ": its down script fails.\n" + indented(e.problem()));
            return;
        }
        compare(
                step.before(),
                step.title() + ": after its down script the schema is not what it was before"
                        + " (- is what is missing now, + what is left over, ~ what is different):");
    }

    private void upAgain(SchemaSnapshot top) {
        try {
            database.migrator().migrate(Target.HEAD);
        } catch (MigrationException e) {
            problems.add("They cannot be applied again after they were taken back.\n" + indented(e.problem()));
            return;
        }
        compare(top, "Applied again, they make another schema than at first:");
    }

    private void compare(SchemaSnapshot expected, String title) {
        List<SchemaDifference> differences = expected.differencesTo(snapshot(), schema.reload());
        if (!differences.isEmpty()) {
            problems.add(title + "\n"
                    + indented(String.join(
                            "\n", differences.stream().map(Reversal::line).toList())));
        }
    }

    private static String line(SchemaDifference difference) {
        if (difference instanceof SchemaDifference.Added) {
            return "+ " + difference.id();
        }
        if (difference instanceof SchemaDifference.Changed changed) {
            return "~ " + difference.id() + " " + changed.attributes();
        }
        return "- " + difference.id();
    }

    private static String indented(String text) {
        return text.indent(2).stripTrailing();
    }

    private SchemaSnapshot snapshot() {
        return schema.snapshot(SchemaFilter.ALL, false);
    }
}
