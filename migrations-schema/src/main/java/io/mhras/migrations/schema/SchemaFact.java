package io.mhras.migrations.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that defines a schema: a table, one of its columns, a column's default, an index, a comment.
 *
 * @param id which
 * @param parent what it stands in and goes with; null for what stands in nothing
 * @param position its place among its siblings, where the server keeps one, as of columns; else 0
 * @param attributes what it is like, in the order in which it is printed; what is as usual is not among them
 */
public record SchemaFact(FactId id, @Nullable FactId parent, int position, Map<String, String> attributes) {

    /** Attributes that tell a state or a version, and do not make two schemas differ. */
    private static final String NOTE = "(";

    public SchemaFact {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Its value; null if it is as usual. */
    public @Nullable String attribute(String name) {
        return attributes.get(name);
    }

    /** Whether the two define the same; the position of a column cannot be changed, and does not count. */
    public boolean definesTheSameAs(SchemaFact other) {
        return id.equals(other.id)
                && Objects.equals(parent, other.parent)
                && defining(attributes).equals(defining(other.attributes));
    }

    /** Whether it, or anything that it stands in, is one of those. */
    boolean isWithin(Predicate<FactId> those, Map<FactId, SchemaFact> all) {
        for (SchemaFact at = this; at != null; at = at.parent == null ? null : all.get(at.parent)) {
            // The parent may be none of them.
            if (those.test(at.id) || at.parent != null && those.test(at.parent)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a sequence of one of that table's columns. */
    public boolean belongsTo(FactId table) {
        String owner = id.kind() == FactKind.SEQUENCE ? attribute("owned by") : null;
        return owner != null && owner.startsWith(table.qualifiedName() + ".");
    }

    /** Whether this attribute is a note, which is printed in parentheses: it defines nothing. */
    static boolean isNote(String attribute) {
        return attribute.startsWith(NOTE);
    }

    private static Map<String, String> defining(Map<String, String> attributes) {
        Map<String, String> defining = new LinkedHashMap<>(attributes);
        defining.keySet().removeIf(SchemaFact::isNote);
        return defining;
    }
}
