package io.mhras.migrations.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which objects of a schema are looked at. What stands in an object that is left out is left out with it, and so is a
 * sequence that belongs to a column of it.
 *
 * @param include if there are any, only what one of them is about
 * @param exclude nothing that one of them is about
 */
public record SchemaFilter(List<String> include, List<String> exclude) {

    /** All objects. */
    public static final SchemaFilter ALL = new SchemaFilter(List.of(), List.of());

    private static final String SCHEMA = "schema:";
    private static final String KIND = "kind:";

    /**
     * Each is {@code schema:NAME}, {@code kind:NAME} as of {@code kind:trigger}, or a name, with its schema or without;
     * {@code *} stands for any text.
     *
     * @throws IllegalArgumentException if a kind is none, with those that there are
     */
    public SchemaFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        Stream.concat(include.stream(), exclude.stream()).forEach(SchemaFilter::predicate);
    }

    /** What it lets through. */
    public SchemaSnapshot of(SchemaSnapshot snapshot) {
        Predicate<FactId> isIncluded = include.isEmpty()
                ? id -> true
                : include.stream().map(SchemaFilter::predicate).reduce(id -> false, Predicate::or);
        Predicate<FactId> isExcluded =
                exclude.stream().map(SchemaFilter::predicate).reduce(id -> false, Predicate::or);
        Map<FactId, SchemaFact> byId = new HashMap<>(snapshot.byId());
        Set<String> tablesLeftOut = byId.keySet().stream()
                .filter(id -> id.kind() == FactKind.TABLE && isExcluded.test(id))
                .map(FactId::qualifiedName)
                .collect(Collectors.toCollection(HashSet::new));
        return snapshot.only(snapshot.facts().stream()
                .filter(fact -> isKept(fact, byId, isIncluded, isExcluded) && !belongsToOneOf(tablesLeftOut, fact))
                .toList());
    }

    private static boolean isKept(
            SchemaFact fact, Map<FactId, SchemaFact> byId, Predicate<FactId> isIncluded, Predicate<FactId> isExcluded) {
        boolean isAsked = false;
        for (SchemaFact at = fact; at != null; at = at.parent() == null ? null : byId.get(at.parent())) {
            if (isExcluded.test(at.id())) {
                return false;
            }
            isAsked |= isIncluded.test(at.id());
        }
        return isAsked;
    }

    private static boolean belongsToOneOf(Set<String> tables, SchemaFact fact) {
        String owner = fact.id().kind() == FactKind.SEQUENCE ? fact.attribute("owned by") : null;
        return owner != null && tables.stream().anyMatch(table -> owner.startsWith(table + "."));
    }

    private static Predicate<FactId> predicate(String pattern) {
        if (pattern.startsWith(KIND)) {
            FactKind kind = kind(pattern.substring(KIND.length()));
            return id -> id.kind() == kind;
        }
        if (pattern.startsWith(SCHEMA)) {
            Predicate<String> name = glob(pattern.substring(SCHEMA.length()));
            return id -> id.kind() == FactKind.SCHEMA && name.test(id.name());
        }
        Predicate<String> name = glob(pattern);
        return id -> !isAbout(id)
                && (name.test(id.name()) || name.test(String.join(".", id.path())) || name.test(id.qualifiedName()));
    }

    /** What is said about an object goes with it. */
    private static boolean isAbout(FactId id) {
        return switch (id.kind()) {
            case COMMENT, OWNER, GRANT, DEFAULT -> true;
            default -> false;
        };
    }

    private static FactKind kind(String name) {
        return Stream.of(FactKind.values())
                .filter(kind ->
                        kind.toString().equals(name.toLowerCase(Locale.ROOT).replace('_', ' ')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind '" + name + "'. The kinds are "
                        + Stream.of(FactKind.values()).map(FactKind::toString).collect(Collectors.joining(", "))
                        + "."));
    }

    private static Predicate<String> glob(String pattern) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
    }
}
