package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of constraints, indexes and sequences that nobody chose: the server makes them of the names that the table and its
 * columns had then, with a number where one is taken; Hibernate of a hash.
 *
 * <p>Two such objects are one if they are in the same place and say the same, whatever they are called.
 */
final class GeneratedNames {

    private static final Pattern GENERATED =
            Pattern.compile("(?:.*_(?:pkey|key|fkey|check|excl|idx|seq)\\d*)|(?:(?:fk|uk|uc|idx)_?[0-9a-z]{20,})");

    private final NavigableMap<FactId, SchemaFact> before;
    private final NavigableMap<FactId, SchemaFact> after;
    private final Reload reload;

    private GeneratedNames(SchemaSnapshot from, SchemaSnapshot to, Reload reload) {
        before = from.byId();
        after = to.byId();
        this.reload = reload;
    }

    /** The wanted schema, in which what has a generated name has the one that it has already. */
    static SchemaSnapshot kept(SchemaSnapshot from, SchemaSnapshot to, Reload reload) {
        return RenamedSnapshot.of(to, new GeneratedNames(from, to, reload).names(), from);
    }

    private static boolean isGenerated(SchemaFact fact) {
        return switch (fact.id().kind()) {
            case CONSTRAINT, INDEX -> GENERATED.matcher(fact.id().name()).matches();
            case SEQUENCE -> fact.attribute("owned by") != null;
            default -> false;
        };
    }

    /** By the ids in the wanted schema. */
    private Map<FactId, FactId> names() {
        Map<Object, List<SchemaFact>> here = byPlace(before);
        Map<Object, List<SchemaFact>> there = byPlace(after);
        Map<FactId, FactId> names = new LinkedHashMap<>();
        there.forEach((place, wanted) -> {
            List<SchemaFact> known = here.getOrDefault(place, List.of());
            pair(known, wanted, names);
        });
        return withoutCollisions(names);
    }

    private void pair(List<SchemaFact> known, List<SchemaFact> wanted, Map<FactId, FactId> names) {
        List<SchemaFact> free = new ArrayList<>(known);
        List<SchemaFact> open = new ArrayList<>(wanted);
        // Each that is there under its name first, so that of two that say the same both find their own.
        open.removeIf(each ->
                free.removeIf(one -> one.id().equals(each.id()) && text(one).equals(text(each))));
        if (free.isEmpty() || open.isEmpty()) {
            return;
        }
        Map<FactId, String> knownTexts = texts(free, before);
        Map<FactId, String> wantedTexts = texts(open, after);
        open.removeIf(each -> free.removeIf(one ->
                one.id().equals(each.id()) && Objects.equals(knownTexts.get(one.id()), wantedTexts.get(each.id()))));
        for (SchemaFact each : open) {
            free.stream()
                    .filter(one -> Objects.equals(knownTexts.get(one.id()), wantedTexts.get(each.id())))
                    .findFirst()
                    .ifPresent(one -> {
                        names.put(each.id(), one.id());
                        free.remove(one);
                    });
        }
    }

    private static Map<Object, List<SchemaFact>> byPlace(NavigableMap<FactId, SchemaFact> facts) {
        return facts.values().stream()
                .filter(GeneratedNames::isGenerated)
                .collect(Collectors.groupingBy(GeneratedNames::place, LinkedHashMap::new, Collectors.toList()));
    }

    private static Object place(SchemaFact fact) {
        return List.of(
                fact.id().kind(),
                Objects.requireNonNull(fact.parent()),
                fact.id().kind() == FactKind.SEQUENCE ? String.valueOf(fact.attribute("owned by")) : "");
    }

    /** What each of them says, apart from its name. */
    private Map<FactId, String> texts(List<SchemaFact> facts, NavigableMap<FactId, SchemaFact> all) {
        Map<FactId, String> texts = new HashMap<>();
        reload.reloaded(facts, all).forEach(fact -> texts.put(fact.id(), text(fact)));
        return texts;
    }

    private static String text(SchemaFact fact) {
        return switch (fact.id().kind()) {
            // The column that it belongs to says which it is; what else it is like may be changed.
            case SEQUENCE -> "";
            case INDEX -> {
                Map<String, String> attributes = new TreeMap<>(fact.attributes());
                String name = FactId.quoted(fact.id().name());
                attributes.computeIfPresent(
                        "definition", (key, text) -> text.replaceFirst(" " + Pattern.quote(name) + " ON ", " ON "));
                yield attributes.toString();
            }
            default -> new TreeMap<>(fact.attributes()).toString();
        };
    }

    /** A name that something else of the wanted schema has cannot be kept. */
    private Map<FactId, FactId> withoutCollisions(Map<FactId, FactId> names) {
        Map<FactId, FactId> kept = new LinkedHashMap<>(names);
        boolean isDone = false;
        while (!isDone) {
            Set<FactId> staying = new HashSet<>(after.keySet());
            staying.removeAll(kept.keySet());
            isDone = !kept.values().removeIf(staying::contains);
        }
        return kept;
    }
}
