package io.mhras.migrations.schema;

import io.mhras.migrations.schema.DiffOptions.Drops;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.jpa.EntityLoading;
import io.mhras.migrations.schema.jpa.EntityScript;
import io.mhras.migrations.schema.jpa.EntityTolerance;
import io.mhras.migrations.schema.report.EntityComparison;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Entities of JPA, as the statements by which Hibernate would make their tables. */
public final class JpaEntities {

    private final List<String> statements;
    private final @Nullable String schema;

    /**
     * Nothing is done yet.
     *
     * @param statements without semicolons
     * @param schema where names are that have none; null for the connection's own
     */
    public JpaEntities(List<String> statements, @Nullable String schema) {
        this.statements = List.copyOf(statements);
        this.schema = schema;
    }

    /**
     * Compares them with what migrations make.
     *
     * @param migrated a scratch database that was migrated; it is only read
     * @param empty a scratch database on the same server, with nothing in it; it is not empty afterwards
     * @param drops columns and tables that no entity has and that may go, by name
     * @param withIndexes whether each new foreign key gets an index
     * @throws io.mhras.migrations.MigrationException.Refused if what Hibernate writes does not run
     */
    public EntityComparison compare(DataSource migrated, DataSource empty, Set<String> drops, boolean withIndexes) {
        SchemaSnapshot there = snapshot(migrated);
        new EntityLoading(statements, schema).into(empty, there);
        EntityTolerance compared = EntityTolerance.of(there, snapshot(empty), drops);
        if (withIndexes) {
            compared = compared.withIndexes();
        }
        Reload reload = new PostgresSchema(empty).reload();
        DiffOptions options =
                DiffOptions.DEFAULT.with(new Drops(/* all= */ false, drops)).withoutQuestions();
        SchemaPlan up = SchemaDiff.plan(there, compared.wanted(), options, reload);
        SchemaPlan down = SchemaDiff.plan(up.outcome(), there, options.back(), reload);
        return new EntityComparison(there, up, down, compared.remarks(), compared.indexes(), compared.leftAlone());
    }

    private static SchemaSnapshot snapshot(DataSource database) {
        return new PostgresSchema(database).snapshot(SchemaFilter.ALL, false);
    }

    /** The text of an up file, for one part of the plan. */
    public String upFile(EntityComparison comparison, Part part) {
        return new EntityScript(schema).up(comparison, part);
    }

    /**
     * The texts of the down files, as many as there are up files: the first one goes with the first, and is run last.
     */
    public List<String> downFiles(EntityComparison comparison) {
        return new EntityScript(schema).down(comparison);
    }
}
