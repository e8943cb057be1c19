package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;

/** How a kind of fact is written. */
@FunctionalInterface
interface DdlRule {

    /** Adds what makes it. */
    void create(SchemaFact fact, DdlActions actions);
}
