package io.mhras.migrations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables or collections that are not ours, such as other tools' histories. Takes no lock, and writes nothing.
 *
 * <p>Everything it throws is a {@link MigrationException}.
 */
public interface TableReader {

    /** What this kind of database keeps rows in. */
    Kind kind();

    /**
     * Those of these names, and those with one of these columns whatever their names, in the order of the search path;
     * only what has columns. One query where there is a catalog of columns; where there is none, by name only.
     *
     * @param schema where to look; null for the search path of a script's session. Ignored where there are no schemas
     * @param telltales columns in lower case
     * @throws MigrationException.HistoryUnusable if the database user may not see it
     */
    List<Table> find(@Nullable String schema, Set<String> names, Set<String> telltales);

    /**
     * Its rows, in no particular order, each as its values by the names of their columns in lower case. Text, numbers
     * and booleans are what Java has for them, a point in time is an {@link java.time.Instant}, and anything else is of
     * the database's own type.
     *
     * @param most how many to read at the most
     * @throws MigrationException.HistoryUnusable if the database user may not read it
     */
    List<Map<String, @Nullable Object>> rows(Table table, int most);

    /** What rows are kept in. */
    enum Kind {
        TABLE,
        COLLECTION;

        /** As it reads in a sentence: {@code table}. */
        @Override
        public String toString() {
            return this == TABLE ? "table" : "collection";
        }
    }

    /**
     * A table or a collection that is there.
     *
     * @param schema in which it was found; null where there are no schemas
     * @param columns what any of its rows can have, in lower case
     */
    record Table(@Nullable String schema, String name, Set<String> columns) {

        /** With its schema, where there are any. */
        public String qualifiedName() {
            return schema == null ? name : schema + "." + name;
        }
    }
}
