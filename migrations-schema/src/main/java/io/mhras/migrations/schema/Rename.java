package io.mhras.migrations.schema;

/**
 * That an object of the schema before is one of the schema after under another name.
 *
 * @param before its id before
 * @param after its id after: of the same kind, and in the same place
 */
public record Rename(FactId before, FactId after) {

    public Rename {
        if (before.kind() != after.kind()) {
            throw new IllegalArgumentException(before + " does not become " + after);
        }
    }

    /** The same the other way round. */
    public Rename back() {
        return new Rename(/* before= */ after, /* after= */ before);
    }
}
