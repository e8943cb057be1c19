package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database differs from what its applied migrations make.
 *
 * @param database its name
 * @param majorVersion of its server
 * @param migrations how many migrations are applied
 * @param differences object by object; what stands in an object that only one side has is not listed by itself
 * @param notes what is to be known though it is no difference, each a sentence
 * @param forMigrations what a new migration would do, so that the migrations make what the database has
 * @param forDatabase what would make the database what the migrations make
 */
public record DriftReport(
        String database,
        int majorVersion,
        int migrations,
        List<Difference> differences,
        List<String> notes,
        Statements forMigrations,
        Statements forDatabase) {

    public DriftReport {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** Which side has an object. */
    public enum Side {
        DATABASE_ONLY,
        MIGRATIONS_ONLY,
        BOTH
    }

    /**
     * One difference.
     *
     * @param object the outermost object that it is in, for example the table of a column
     * @param id what differs
     * @param inDatabase as the database has it; null if it does not
     * @param byMigrations as the migrations make it; null if they do not
     * @param cause the likely one, as a sentence
     */
    public record Difference(
            FactId object,
            FactId id,
            @Nullable SchemaFact inDatabase,
            @Nullable SchemaFact byMigrations,
            String cause) {

        public Side side() {
            return byMigrations == null ? Side.DATABASE_ONLY : inDatabase == null ? Side.MIGRATIONS_ONLY : Side.BOTH;
        }
    }

    /**
     * SQL that takes one side to the other, as far as it can be written.
     *
     * @param sql each without a semicolon, in an order in which they can run
     * @param unwritten what they do not do, and why
     */
    public record Statements(List<String> sql, List<String> unwritten) {

        public Statements {
            sql = List.copyOf(sql);
            unwritten = List.copyOf(unwritten);
        }
    }

    /** Whether there is any difference. */
    public boolean differs() {
        return !differences.isEmpty();
    }
}
