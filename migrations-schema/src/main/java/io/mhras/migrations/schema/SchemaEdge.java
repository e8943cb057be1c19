package io.mhras.migrations.schema;

/**
 * That one object needs another: it has to be created after it, and dropped before it.
 *
 * @param dependent what needs the other
 * @param needed what it needs
 */
public record SchemaEdge(FactId dependent, FactId needed) {}
