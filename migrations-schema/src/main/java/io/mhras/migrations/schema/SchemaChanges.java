package io.mhras.migrations.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Differences of two schemas for people, object by object: what stands in an object that came or went as a whole is not listed.
 */
public final class SchemaChanges {

    private final Collection<SchemaDifference> differences;
    private final Map<FactId, SchemaDifference> byId = new HashMap<>();

    public SchemaChanges(Collection<SchemaDifference> differences) {
        this.differences = differences;
        differences.forEach(difference -> byId.put(difference.id(), difference));
    }

    /** A line each: {@code + table public.visits}, {@code - ...}, {@code ~ column public.visits.note: type text -> xml}. */
    public List<String> lines() {
        return differences.stream()
                .filter(difference -> !isPartOfAnother(difference))
                .map(SchemaChanges::line)
                .toList();
    }

    /** How many of which kind, in a line: {@code + 2 tables, 1 enum, ~ 1 column}; empty if nothing differs. */
    public String summary() {
        return List.of('+', '-', '~').stream()
                .map(this::counts)
                .filter(counts -> !counts.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String counts(char sign) {
        Map<FactKind, Integer> counts = new TreeMap<>();
        differences.stream()
                .filter(difference -> sign(difference) == sign && !isPartOfAnother(difference))
                .forEach(difference -> counts.merge(difference.id().kind(), 1, Integer::sum));
        return counts.isEmpty()
                ? ""
                : sign + " "
                        + counts.entrySet().stream()
                                .map(kind -> counted(kind.getValue(), kind.getKey()))
                                .collect(Collectors.joining(", "));
    }

    private static String counted(int count, FactKind kind) {
        if (count == 1) {
            return "1 " + kind;
        }
        return count + " "
                + switch (kind) {
                    case INDEX -> "indexes";
                    case POLICY -> "policies";
                    case AGGREGATE, STATISTICS, DEFAULT_PRIVILEGES ->
                        kind.toString().replaceFirst("e$", "es");
                    default -> kind + "s";
                };
    }

    /** Whether what it stands in has come or gone, and it with that. */
    private boolean isPartOfAnother(SchemaDifference difference) {
        FactId parent = parent(difference);
        SchemaDifference other = parent == null || isInSchema(difference.id(), parent) ? null : byId.get(parent);
        return other != null && sign(other) == sign(difference) && sign(other) != '~';
    }

    /** What stands in a schema is an object by itself; what is said about the schema is not. */
    private static boolean isInSchema(FactId id, FactId parent) {
        return parent.kind() == FactKind.SCHEMA
                && switch (id.kind()) {
                    case COMMENT, OWNER, GRANT -> false;
                    default -> true;
                };
    }

    private static @Nullable FactId parent(SchemaDifference difference) {
        if (difference instanceof SchemaDifference.Added added) {
            return added.fact().parent();
        }
        return difference instanceof SchemaDifference.Removed removed
                ? removed.fact().parent()
                : null;
    }

    private static char sign(SchemaDifference difference) {
        return difference instanceof SchemaDifference.Added
                ? '+'
                : difference instanceof SchemaDifference.Removed ? '-' : '~';
    }

    private static String line(SchemaDifference difference) {
        String line = sign(difference) + " " + difference.id();
        return difference instanceof SchemaDifference.Changed changed ? line + ": " + attributes(changed) : line;
    }

    private static String attributes(SchemaDifference.Changed changed) {
        List<String> parts = new ArrayList<>();
        changed.attributes()
                .forEach(name -> parts.add(name + " " + value(changed.before().attribute(name)) + " -> "
                        + value(changed.after().attribute(name))));
        if (!Objects.equals(changed.before().parent(), changed.after().parent())) {
            parts.add("part of " + changed.before().parent() + " -> "
                    + changed.after().parent());
        }
        return String.join(", ", parts);
    }

    private static String value(@Nullable String value) {
        return value == null ? "(none)" : value.strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
