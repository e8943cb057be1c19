package io.mhras.migrations.schema.measure;

import io.mhras.migrations.schema.FactId;

/**
 * An object as the catalog has it.
 *
 * @param file where its rows are; 0 for what has none, or none yet
 * @param parent the oid of the table that it stands in; 0 for what stands in none
 * @param isOfConstraint whether it is the index of a constraint
 */
record CatalogObject(FactId id, long file, long parent, boolean isOfConstraint) {}
