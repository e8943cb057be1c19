package io.mhras.migrations.schema;

import io.mhras.migrations.DatabaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A schema for people and for {@code diff}: a paragraph for each object, a line for each thing that it is made of.
 *
 * <p>The same schema gives the same text on each server of one major version, whatever the order in which it was made;
 * but the columns of a table stand in their own order.
 */
public final class SchemaText {

    private static final Comparator<SchemaFact> AS_PRINTED = Comparator.comparingInt(SchemaText::rank)
            .thenComparing(SchemaFact::position)
            .thenComparing(SchemaFact::id);

    private final DatabaseKind kind;
    private final SchemaSnapshot snapshot;
    private final Map<FactId, List<SchemaFact>> children = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** Of a PostgreSQL database. */
    public SchemaText(SchemaSnapshot snapshot) {
        this(DatabaseKind.POSTGRESQL, snapshot);
    }

    public SchemaText(DatabaseKind kind, SchemaSnapshot snapshot) {
        this.kind = kind;
        this.snapshot = snapshot;
    }

    /** The whole text, with a line end after each line. */
    @Override
    public String toString() {
        text.setLength(0);
        children.clear();
        text.append("# ").append(server()).append('\n');
        if (!snapshot.unread().isEmpty()) {
            text.append("# not read: ")
                    .append(new TreeMap<>(snapshot.unread())
                            .entrySet().stream()
                                    .map(kind -> kind.getKey() + ": " + kind.getValue())
                                    .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        snapshot.gaps()
                .forEach(gap -> text.append("# this user may not read ")
                        .append(gap.what())
                        .append(", which may be there or not: ")
                        .append(gap.why())
                        .append('\n'));
        snapshot.leftOut()
                .forEach(each -> text.append("# left out: ").append(each).append('\n'));
        for (SchemaFact fact : snapshot.facts()) {
            FactId parent = parent(fact);
            if (parent != null) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(fact);
            }
        }
        snapshot.facts().stream().filter(fact -> parent(fact) == null).forEach(this::paragraph);
        return text.toString();
    }

    /** What a text can be compared with: MongoDB keeps what it was given, whatever its version. */
    private String server() {
        return switch (kind) {
            case POSTGRESQL -> kind.title() + " " + snapshot.majorVersion();
            case MONGODB -> kind.title();
        };
    }

    /** What stands in a schema is a paragraph of its own. */
    private static @Nullable FactId parent(SchemaFact fact) {
        FactId parent = fact.parent();
        return parent == null || isInSchema(fact, parent) ? null : parent;
    }

    private static boolean isInSchema(SchemaFact fact, FactId parent) {
        return parent.kind() == FactKind.SCHEMA
                && switch (fact.id().kind()) {
                    case COMMENT, OWNER, GRANT -> false;
                    default -> true;
                };
    }

    private void paragraph(SchemaFact fact) {
        text.append('\n').append(fact.id()).append('\n');
        fact.attributes().forEach((name, value) -> line(1, attribute(name, value)));
        children(fact).forEach(child -> child(child, 1));
    }

    private void child(SchemaFact fact, int depth) {
        String kind = fact.id().kind() == FactKind.COLUMN ? "" : fact.id().kind() + " ";
        switch (fact.id().kind()) {
            case COMMENT -> line(depth, commented(fact) + literal(fact.attribute("text")));
            case OWNER -> line(depth, "owner " + fact.attribute("role"));
            case GRANT -> {
                List<String> path = fact.id().path();
                line(depth, "grant " + fact.attribute("privileges") + " to " + path.get(path.size() - 1));
            }
            case DEFAULT -> {
                // It stands in its column's line.
            }
            default -> line(depth, kind + FactId.quoted(fact.id().name()) + attributes(fact));
        }
        children(fact).forEach(child -> child(child, depth + 1));
    }

    private String attributes(SchemaFact fact) {
        List<String> parts = new ArrayList<>();
        fact.attributes().forEach((name, value) -> {
            if (!isInDefinition(fact, name)) {
                parts.add(isSaidByItself(fact, name) ? value : attribute(name, value));
            }
        });
        children(fact).stream()
                .filter(child -> child.id().kind() == FactKind.DEFAULT)
                .forEach(child -> parts.add("default " + child.attribute("expression")));
        return parts.isEmpty() ? "" : " " + String.join(", ", parts);
    }

    private static boolean isInDefinition(SchemaFact fact, String name) {
        return fact.id().kind() == FactKind.CONSTRAINT && name.equals("type");
    }

    /** A column's type and a definition need no name. */
    private static boolean isSaidByItself(SchemaFact fact, String name) {
        return name.equals("definition") || fact.id().kind() == FactKind.COLUMN && name.equals("type");
    }

    private static String attribute(String name, String value) {
        return switch (value) {
            case "yes" -> name;
            case "no" -> "not " + name;
            default -> name + " " + value.strip();
        };
    }

    private List<SchemaFact> children(SchemaFact fact) {
        return children.getOrDefault(fact.id(), List.of()).stream()
                .sorted(AS_PRINTED)
                .toList();
    }

    /** First what is said about an object, then its columns, then the rest. */
    private static int rank(SchemaFact fact) {
        return switch (fact.id().kind()) {
            case COMMENT, OWNER, GRANT -> 0;
            case COLUMN -> 1;
            default -> 2;
        };
    }

    private void line(int depth, String line) {
        line.lines()
                .forEach(each -> text.append("  ".repeat(depth))
                        .append(each.stripTrailing())
                        .append('\n'));
    }

    /** The index of a constraint may have a comment besides the constraint's. */
    private static String commented(SchemaFact comment) {
        FactId of = Objects.requireNonNull(comment.parent());
        return comment.id().path().size() == of.path().size() + 1 ? "comment " : "comment on its index ";
    }

    private static String literal(@Nullable String value) {
        return "'" + String.valueOf(value).replace("'", "''").replace("\n", "\\n") + "'";
    }
}
