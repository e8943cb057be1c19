package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Enum types and domains of both sides; an enum that lacks a label gets it. */
final class EnumTypes {

    private static final String LABELS = "labels";

    private final WantedFacts wanted;
    private final Map<String, SchemaFact> there = new HashMap<>();
    private final Map<String, SchemaFact> asked = new HashMap<>();
    private final Map<FactId, List<String>> labels = new HashMap<>();

    EnumTypes(WantedFacts wanted) {
        this.wanted = wanted;
        for (SchemaFact fact : wanted.before().values()) {
            if (fact.id().kind() == FactKind.ENUM || fact.id().kind() == FactKind.DOMAIN) {
                there.put(fact.id().qualifiedName(), fact);
            }
        }
        wanted.asked(FactKind.ENUM).forEach(type -> asked.put(type.id().qualifiedName(), type));
    }

    /** The type that a domain stands on; any other type is its own. */
    String baseOf(String type) {
        SchemaFact domain = there.get(type);
        return domain == null || domain.id().kind() != FactKind.DOMAIN
                ? type
                : Objects.requireNonNullElse(domain.attribute("type"), type);
    }

    /**
     * Whether the column's type is an enum that can have the constants of the entity's; it gets those that it lacks.
     *
     * @param type what the entity says: an enum type, or the text that Hibernate keeps a constant's name as
     */
    boolean serves(String column, SchemaFact has, String type) {
        SchemaFact own = there.get(column.replaceFirst("(?:\\[\\])+$", ""));
        if (own == null || own.id().kind() != FactKind.ENUM || column.endsWith("]") != type.endsWith("]")) {
            return false;
        }
        SchemaFact other = asked.get(type.replaceFirst("(?:\\[\\])+$", ""));
        if (other != null) {
            widen(own, other.id(), labels(other));
            return true;
        }
        boolean isText = type.startsWith("character varying");
        if (isText) {
            FactId table = Objects.requireNonNull(has.parent());
            wanted.asked(FactKind.CONSTRAINT, table).stream()
                    .map(check -> ValueCheck.of(Objects.requireNonNullElse(check.attribute("definition"), "")))
                    .filter(check ->
                            check != null && check.column().equals(has.id().name()))
                    .map(Objects::requireNonNull)
                    .forEach(check -> widen(own, own.id(), List.copyOf(check.values())));
        }
        return isText;
    }

    private void widen(SchemaFact own, FactId asks, List<String> needed) {
        List<String> all = labels.computeIfAbsent(own.id(), id -> new ArrayList<>(labels(own)));
        List<String> missing =
                needed.stream().filter(label -> !all.contains(label)).toList();
        wanted.same(asks, own.id());
        if (!missing.isEmpty()) {
            all.addAll(missing);
            wanted.change(own.id(), asks, Map.of(LABELS, String.join(", ", all)));
        }
    }

    private static List<String> labels(SchemaFact type) {
        return SqlWords.of(Objects.requireNonNullElse(type.attribute(LABELS), "")).words().stream()
                .filter(word -> word.startsWith("'"))
                .toList();
    }

    /** Those that new columns are of, and that are not there. */
    void addMissing() {
        for (SchemaFact type : asked.values()) {
            SchemaFact own = there.get(type.id().qualifiedName());
            String name = type.id().qualifiedName();
            boolean isUsed = wanted.asked(FactKind.COLUMN).stream()
                    .filter(column -> wanted.isWanted(column.id()))
                    .anyMatch(column -> name.equals(wanted.typeOf(column.id()).replaceFirst("(?:\\[\\])+$", "")));
            if (own != null) {
                widen(own, type.id(), labels(type));
            } else if (isUsed) {
                wanted.add(type);
            }
        }
    }
}
