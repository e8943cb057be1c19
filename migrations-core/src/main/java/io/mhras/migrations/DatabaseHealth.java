package io.mhras.migrations;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The health of a database, as far as the user may see it: sizes, use, and what needs care.
 *
 * @param name the database's name, as the server knows it
 * @param server the product and its version
 * @param bytes the whole database's size; null if that could not be read
 * @param connections how many there are; null if that could not be read
 * @param countedSince since when uses are counted; null if they were never reset
 * @param tables the largest first, without their indexes; a collection is a table
 * @param indexes the largest first
 * @param findings what needs care, the most severe kind first
 * @param notRead what could not be read, and why, a sentence each
 */
public record DatabaseHealth(
        String name,
        String server,
        @Nullable Long bytes,
        @Nullable Connections connections,
        @Nullable Instant countedSince,
        List<Table> tables,
        List<Index> indexes,
        List<Finding> findings,
        List<String> notRead) {

    public DatabaseHealth {
        tables = List.copyOf(tables);
        indexes = List.copyOf(indexes);
        findings = List.copyOf(findings);
        notRead = List.copyOf(notRead);
    }

    /**
     * The server's connections, of all databases.
     *
     * @param open how many there are
     * @param active how many of this database's run something, as far as the user may see
     * @param limit how many there can be
     */
    public record Connections(int open, int active, int limit) {}

    /**
     * A table.
     *
     * @param name with its schema
     * @param rows how many there are, by the server's estimate
     * @param bytes its size with all that belongs to it, without its indexes
     * @param indexBytes its indexes' size
     * @param deadRows old row versions that were not vacuumed yet, by the server's estimate
     * @param lastVacuum when the table was last vacuumed; null if never
     */
    public record Table(
            String name,
            long rows,
            long bytes,
            long indexBytes,
            long deadRows,
            @Nullable Instant lastVacuum) {}

    /**
     * An index.
     *
     * @param name with its schema
     * @param table with its schema
     * @param bytes its size
     * @param uses how often it was read
     */
    public record Index(String name, String table, long bytes, long uses) {}

    /**
     * What needs care.
     *
     * @param object the table or index
     * @param detail what is the matter, in one sentence
     * @param remedy what to do
     */
    public record Finding(Kind kind, String object, String detail, String remedy) {}

    /** What can need care, the most severe first. */
    public enum Kind {
        /** Nearly all connections are taken. */
        CONNECTIONS,
        /** An index that queries do not use and changes keep up to date. */
        INVALID_INDEX,
        /** A foreign key without an index: a change of the referenced table reads this whole table. */
        FOREIGN_KEY_WITHOUT_INDEX,
        /** Many dead rows. */
        BLOAT,
        /** A collection that loses its oldest documents for new ones, or soon will. */
        FULL_CAPPED_COLLECTION,
        /** An index that was never read. */
        UNUSED_INDEX,
        /** A collection without a validator, where others have one. */
        COLLECTION_WITHOUT_VALIDATOR;

        /** As people write it: {@code invalid index}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
