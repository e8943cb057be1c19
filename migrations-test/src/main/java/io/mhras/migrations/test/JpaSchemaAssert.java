package io.mhras.migrations.test;

import io.mhras.migrations.schema.JpaEntities;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.report.EntityComparison;
import io.mhras.migrations.schema.report.EntityRemark;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import java.nio.file.Path;
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
        JpaEntities entities = new JpaEntities(actual.statements(), migrations.schema());
        EntityComparison comparison;
        try (TestDatabase migrated = migrations.database();
                TestDatabase empty = migrations.at("base")) {
            comparison =
                    entities.compare(migrated.dataSource(), empty.dataSource(), change.drops(), change.withIndexes());
        }
        comparison.of(Weight.WARNING).forEach(remark -> log.warn("{}", remark));
        if (comparison.isMatch()) {
            return this;
        }
        if (change.words() != null && !comparison.up().parts().isEmpty()) {
            List<Path> files = new EntityFiles(migrations, entities, comparison, change.words()).write();
            files.forEach(file -> log.info("Wrote {}", file));
            if (!comparison.of(Weight.UNDECIDED).isEmpty()) {
                failWithMessage(
                        "%s", "The files are written. What is left:\n\n" + lines(comparison.of(Weight.UNDECIDED)));
            }
            return this;
        }
        failWithMessage("%s", told(entities, comparison));
        return this;
    }

    private String told(JpaEntities entities, EntityComparison comparison) {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(
                "The migrations in " + String.join(", ", actual.migrations().locations())
                        + " do not make what the entities say (" + actual.title() + ").");
        if (!comparison.up().parts().isEmpty()) {
            paragraphs.add("What is missing:");
            for (Part part : comparison.up().parts()) {
                paragraphs.add(entities.upFile(comparison, part).indent(2).stripTrailing());
            }
        }
        comparison.up().unwritten().forEach(each -> paragraphs.add("Not written: " + each));
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
