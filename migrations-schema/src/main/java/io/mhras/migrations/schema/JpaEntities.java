package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.DiffOptions.Drops;
import io.mhras.migrations.schema.jpa.EntityLoading;
import io.mhras.migrations.schema.jpa.EntityTolerance;
import io.mhras.migrations.schema.report.EntityComparison;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Entities of JPA beside migrations. What entities cannot say stays as the migrations make it, and so does what a schema may
 * do differently without being wrong.
 */
public final class JpaEntities {

    private final List<String> statements;
    private final @Nullable String schema;
    private final Set<String> drops;
    private final boolean withIndexes;

    /**
     * Nothing is done yet.
     *
     * @param statements by which Hibernate would make their tables, without semicolons
     * @param schema where names are that have none; null for the connection's own
     * @param drops columns and tables that no entity has and that may go, by name
     * @param withIndexes whether each new foreign key gets an index
     */
    public JpaEntities(List<String> statements, @Nullable String schema, Set<String> drops, boolean withIndexes) {
        this.statements = List.copyOf(statements);
        this.schema = schema;
        this.drops = Set.copyOf(drops);
        this.withIndexes = withIndexes;
    }

    /**
     * Compares them with what migrations make.
     *
     * @param migrated a scratch database that was migrated; it is only read
     * @param empty a scratch database on the same server, with nothing in it; it is not empty afterwards
     * @throws io.mhras.migrations.MigrationException.Refused if what Hibernate writes does not run
     */
    public EntityComparison compare(DataSource migrated, DataSource empty) {
        SchemaSnapshot there = snapshot(migrated);
        new EntityLoading(statements, schema).into(empty, there);
        SchemaSnapshot entities = snapshot(empty);
        EntityTolerance compared = tolerated(there, entities);
        return new EntityComparison(
                there,
                entities,
                SchemaDiff.plan(there, compared.wanted(), options(), new PostgresSchema(empty).reload()),
                compared.remarks(),
                compared.indexes(),
                compared.leftAlone());
    }

    private EntityTolerance tolerated(SchemaSnapshot there, SchemaSnapshot entities) {
        EntityTolerance compared = EntityTolerance.of(there, entities, drops);
        return withIndexes ? compared.withIndexes() : compared;
    }

    private DiffOptions options() {
        return DiffOptions.DEFAULT.with(new Drops(/* all= */ false, drops)).withoutQuestions();
    }

    private static SchemaSnapshot snapshot(DataSource database) {
        return new PostgresSchema(database).snapshot(SchemaFilter.ALL, /* withRights= */ false);
    }

    /**
     * The files that lead from the migrations to what the entities want.
     *
     * @param author whose scratch databases are on a server of the same version
     * @throws io.mhras.migrations.MigrationException if they cannot be proved
     */
    public Draft draft(MigrationAuthor author, MigrationSet files, EntityComparison comparison, Naming naming) {
        WantedSchema wanted = new WantedSchema(
                "the entities",
                List.of(),
                (there, empty) -> tolerated(there, comparison.entities()).wanted());
        Draft draft = author.draft(files, wanted, options(), RenameDecision.NONE, naming);
        return draft.files().isEmpty() || comparison.indexes().isEmpty() ? draft : withProposals(draft, comparison);
    }

    /** At the end of the last up file. */
    private static Draft withProposals(Draft draft, EntityComparison comparison) {
        List<NewFile> files = new ArrayList<>(draft.files());
        int last = files.size() - 2;
        StringBuilder text = new StringBuilder(files.get(last).text());
        for (SchemaFact index : comparison.indexes()) {
            FactId table = Objects.requireNonNull(index.parent());
            text.append("\n-- PROPOSED: an index for a foreign key, by which rows are found when what they point to is"
                            + " deleted.\n-- ")
                    .append(Objects.requireNonNullElse(index.attribute("definition"), "")
                            .replace(" ON " + FactId.quoted(table.path().get(0)) + ".", " ON "))
                    .append(";\n");
        }
        files.set(last, new NewFile(files.get(last).name(), text.toString()));
        return new Draft(draft.plan(), files, draft.elsewhere(), draft.notes());
    }
}
