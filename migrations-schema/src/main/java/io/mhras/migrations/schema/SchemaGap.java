package io.mhras.migrations.schema;

import java.util.Set;

/**
 * Objects that the database's user may not read. They may be there or not, and are not compared.
 *
 * @param what they are, in the plural
 * @param kinds of the facts that are missing
 * @param why in the server's words
 */
public record SchemaGap(String what, Set<FactKind> kinds, String why) {

    public SchemaGap {
        kinds = Set.copyOf(kinds);
    }
}
