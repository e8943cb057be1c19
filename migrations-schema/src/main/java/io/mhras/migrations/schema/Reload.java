package io.mhras.migrations.schema;

import java.util.List;
import java.util.NavigableMap;

/**
 * Loads the server's own texts of expressions again.
 *
 * <p>The text that PostgreSQL gives for an expression is not always the one that it gives once that has been loaded: of
 * {@code varchar_column IN ('a', 'b')}, for example, there are two. So two texts say the same if they come to the same
 * when each is loaded until it no longer changes.
 */
@FunctionalInterface
public interface Reload {

    /**
     * The same facts, with the texts that they have come to. A text that cannot be loaded stays as it is.
     *
     * @param facts whose texts are loaded
     * @param all the facts of the schema that they are of
     * @throws io.mhras.migrations.MigrationException.DatabaseUnavailable if the server does not answer
     */
    List<SchemaFact> reloaded(List<SchemaFact> facts, NavigableMap<FactId, SchemaFact> all);
}
