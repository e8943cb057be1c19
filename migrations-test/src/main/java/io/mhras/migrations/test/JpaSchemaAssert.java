package io.mhras.migrations.test;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.schema.Draft;
import io.mhras.migrations.schema.JpaEntities;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.report.EntityComparison;
import io.mhras.migrations.schema.report.EntityRemark;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be said about entities beside migrations. */
public final class JpaSchemaAssert extends AbstractAssert<JpaSchemaAssert, JpaSchema> {

    private static final Logger log = LoggerFactory.getLogger(JpaSchemaAssert.class);

    private final EntityChange change;

    JpaSchemaAssert(JpaSchema actual, EntityChange change) {
        super(actual, JpaSchemaAssert.class);
        this.change = change;
    }

    /**
     * The migrations make what the entities say. What entities cannot say may be there, too, and a schema may be wider than
     * they need it.
     *
     * <p>It fails with the SQL that is missing. With the system property {@code migrations.new}, or the environment variable
     * {@code MIGRATIONS_NEW}, that says what the change does, it writes the files beside the migrations, and passes.
     */
    public JpaSchemaAssert matchMigrations() {
        isNotNull();
        Migrations migrations = actual.migrations();
        JpaEntities entities = new JpaEntities(
                actual.statements(), migrations.settings().schema(), change.drops(), change.withIndexes());
        EntityComparison comparison;
        try (TestDatabase migrated = migrations.database();
                TestDatabase empty = migrations.at("base")) {
            comparison = entities.compare(migrated.dataSource(), empty.dataSource());
        }
        comparison.of(Weight.WARNING).forEach(remark -> log.warn("{}", remark));
        if (!comparison.isMatch()) {
            settle(new EntityFiles(migrations, entities, comparison));
        }
        return this;
    }

    private void settle(EntityFiles files) {
        EntityComparison comparison = files.comparison();
        if (change.words() == null || comparison.up().parts().isEmpty()) {
            failWithMessage("%s", told(files));
            return;
        }
        files.write(files.draft(change.words())).forEach(file -> log.info("Wrote {}", file));
        if (!comparison.of(Weight.UNDECIDED).isEmpty()) {
            failWithMessage("%s", "The files are written. To be decided:\n\n" + lines(comparison.of(Weight.UNDECIDED)));
        }
    }

    private String told(EntityFiles files) {
        EntityComparison comparison = files.comparison();
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(
                "The migrations in " + String.join(", ", actual.migrations().locations())
                        + " do not make what the entities say (" + actual.title() + ").");
        if (!comparison.up().isEmpty()) {
            paragraphs.add("What is missing:");
            paragraphs.addAll(missing(files));
        }
        if (!comparison.of(Weight.UNDECIDED).isEmpty()) {
            paragraphs.add("To be decided:\n\n" + lines(comparison.of(Weight.UNDECIDED)));
        }
        if (!comparison.of(Weight.WARNING).isEmpty()) {
            paragraphs.add("Watch out:\n\n" + lines(comparison.of(Weight.WARNING)));
        }
        if (!comparison.leftAlone().isEmpty()) {
            paragraphs.add("Left alone, as no entity says it: "
                    + comparison.leftAlone().entrySet().stream()
                            .map(kind -> kind.getKey() + ": " + kind.getValue())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (!comparison.up().parts().isEmpty()) {
            paragraphs.add(lineToRun());
        }
        return String.join("\n\n", paragraphs);
    }

    /** The up files as they would be written; what differs, where there is no way to write it. */
    private static List<String> missing(EntityFiles files) {
        try {
            Draft draft = files.draft("what it does");
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < draft.files().size(); i += 2) {
                NewFile file = draft.files().get(i);
                texts.add((file.name() + "\n\n" + file.text())
                        .indent(2)
                        .stripTrailing()
                        .replaceAll("(?m) +$", ""));
            }
            return texts;
        } catch (MigrationException e) {
            List<String> texts = new ArrayList<>();
            texts.add(
                    String.join("\n", new SchemaChanges(files.comparison().up().differences()).lines())
                            .indent(2)
                            .stripTrailing());
            texts.add(e.problem());
            return texts;
        }
    }

    private String lineToRun() {
        String test = actual.test().getSimpleName();
        return "What to do: write the migration, or have it written:\n\n  mvn test -Dtest=" + test + " -D"
                + EntityChange.NEW
                + "=\"what it does\"\n  " + EntityChange.variable(EntityChange.NEW)
                + "=\"what it does\" ./gradlew test --tests " + test + " --rerun";
    }

    private static String lines(List<EntityRemark> remarks) {
        return remarks.stream().map(remark -> "  " + remark).collect(Collectors.joining("\n"));
    }
}
