package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.ddl.SqlLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in which objects have other names, with what stands in them.
 *
 * <p>What a server makes of a text is not told from here. A text is taken for the one that the other schema has in its place
 * if nothing but the names is different; and queries, in which a renamed table or column leaves its old name as an alias, are
 * taken for different ones, so that they are written again.
 */
final class RenamedSnapshot {

    /** Makes a text differ from all that a server gives. */
    private static final String WRITTEN_AGAIN = "/* names what was renamed */ ";

    private final SchemaSnapshot snapshot;
    private final Map<FactId, FactId> names;
    private final Map<FactId, SchemaFact> alike;
    private final Map<FactId, List<SchemaFact>> alikeByParent = new HashMap<>();
    private final Map<FactId, SchemaFact> facts;
    private final Map<FactId, FactId> ids = new HashMap<>();
    private final Map<String, Set<String>> tokens = new HashMap<>();

    private RenamedSnapshot(SchemaSnapshot snapshot, Map<FactId, FactId> names, SchemaSnapshot alike) {
        this.snapshot = snapshot;
        this.names = names;
        this.alike = alike.byId();
        this.facts = snapshot.byId();
        alike.facts().stream()
                .filter(fact -> fact.parent() != null)
                .forEach(fact -> alikeByParent
                        .computeIfAbsent(fact.parent(), parent -> new ArrayList<>())
                        .add(fact));
        names.forEach(this::addTokens);
    }

    /**
     * The snapshot under the other names.
     *
     * @param names by the ids that are replaced; an enum's label stands behind the names of the enum
     * @param alike the schema whose texts are taken over where they say the same
     */
    static SchemaSnapshot of(SchemaSnapshot snapshot, Map<FactId, FactId> names, SchemaSnapshot alike) {
        return names.isEmpty() ? snapshot : new RenamedSnapshot(snapshot, names, alike).renamed();
    }

    private void addTokens(FactId before, FactId after) {
        boolean isLabel = Renames.isLabel(before);
        for (int i = 0; i < Math.min(before.path().size(), after.path().size()); i++) {
            String one = before.path().get(i);
            String other = after.path().get(i);
            if (!one.equals(other)) {
                if (isLabel) {
                    addToken(SqlLiteral.of(one), SqlLiteral.of(other));
                } else {
                    addToken(quoted(one), quoted(other));
                }
            }
        }
        if (!isLabel) {
            // As in nextval('public.patients_id_seq'::regclass).
            addToken(SqlLiteral.of(before.qualifiedName()), SqlLiteral.of(after.qualifiedName()));
        }
    }

    private void addToken(String before, String after) {
        tokens.computeIfAbsent(before, token -> new HashSet<>()).add(after);
    }

    private SchemaSnapshot renamed() {
        facts.keySet().forEach(this::id);
        ids.forEach((before, after) -> {
            if (before.kind() == FactKind.SEQUENCE && !before.equals(after)) {
                addTokens(before, after);
            }
        });
        Set<FactId> again = snapshot.edges().stream()
                .filter(edge -> isQuery(edge.dependent()) && !Objects.equals(id(edge.needed()), edge.needed()))
                .map(SchemaEdge::dependent)
                .collect(Collectors.toSet());
        List<SchemaFact> renamed = new ArrayList<>();
        facts.values().forEach(fact -> renamed.add(renamed(fact, again.contains(fact.id()))));
        Map<FactId, SchemaFact> sorted = new TreeMap<>();
        renamed.forEach(fact -> sorted.put(fact.id(), fact));
        return new SchemaSnapshot(
                snapshot.majorVersion(),
                List.copyOf(sorted.values()),
                snapshot.edges().stream()
                        .map(edge -> new SchemaEdge(id(edge.dependent()), id(edge.needed())))
                        .collect(Collectors.toSet()),
                snapshot.unread(),
                snapshot.gaps(),
                snapshot.leftOut());
    }

    private static boolean isQuery(FactId id) {
        return switch (id.kind()) {
            case VIEW, MATERIALIZED_VIEW, RULE -> true;
            default -> false;
        };
    }

    /** The differences as people know them: without what only makes them differ. */
    static List<SchemaDifference> shown(List<SchemaDifference> differences) {
        return differences.stream().map(RenamedSnapshot::shown).toList();
    }

    private static SchemaDifference shown(SchemaDifference difference) {
        if (!(difference instanceof SchemaDifference.Changed changed)) {
            return difference;
        }
        SchemaFact before = changed.before();
        Map<String, String> attributes = new LinkedHashMap<>(before.attributes());
        attributes.replaceAll(
                (name, text) -> text.startsWith(WRITTEN_AGAIN) ? text.substring(WRITTEN_AGAIN.length()) : text);
        return new SchemaDifference.Changed(
                new SchemaFact(before.id(), before.parent(), before.position(), attributes), changed.after());
    }

    private SchemaFact renamed(SchemaFact fact, boolean isWrittenAgain) {
        FactId id = id(fact.id());
        FactId parent = fact.parent() == null ? null : id(fact.parent());
        SchemaFact other = alike.containsKey(id) ? alike.get(id) : underAnotherName(fact, id, parent);
        Map<String, String> attributes = new LinkedHashMap<>(fact.attributes());
        attributes.computeIfPresent("owned by", (name, column) -> owner(column));
        attributes.replaceAll((name, text) -> {
            String theirs = other == null ? null : other.attribute(name);
            if (isWrittenAgain && name.equals("definition")) {
                return WRITTEN_AGAIN + text;
            }
            return theirs != null && SqlTokens.become(text, theirs, tokens) ? theirs : text;
        });
        return new SchemaFact(id, parent, fact.position(), attributes);
    }

    /** One that was in this place, says the same, and has another name. */
    private @Nullable SchemaFact underAnotherName(SchemaFact fact, FactId id, @Nullable FactId parent) {
        if (id.kind() != FactKind.CONSTRAINT && id.kind() != FactKind.INDEX) {
            return null;
        }
        return alikeByParent.getOrDefault(parent, List.of()).stream()
                .filter(other -> other.id().kind() == id.kind())
                .map(other -> named(other, id))
                .filter(other -> other.attributes()
                                .keySet()
                                .equals(fact.attributes().keySet())
                        && fact.attributes().entrySet().stream()
                                .allMatch(each -> SqlTokens.become(
                                        each.getValue(), String.valueOf(other.attribute(each.getKey())), tokens)))
                .findFirst()
                .orElse(null);
    }

    /** The definition of an index says its name. */
    private static SchemaFact named(SchemaFact other, FactId id) {
        Map<String, String> attributes = new LinkedHashMap<>(other.attributes());
        if (id.kind() == FactKind.INDEX) {
            attributes.computeIfPresent(
                    "definition",
                    (key, text) -> text.replaceFirst(
                            " INDEX " + Pattern.quote(quoted(other.id().name())) + " ON ",
                            Matcher.quoteReplacement(" INDEX " + quoted(id.name()) + " ON ")));
        }
        return new SchemaFact(id, other.parent(), other.position(), attributes);
    }

    /** The column that a sequence belongs to. */
    private String owner(String column) {
        return facts.keySet().stream()
                .filter(each ->
                        each.kind() == FactKind.COLUMN && each.qualifiedName().equals(column))
                .map(each -> id(each).qualifiedName())
                .findFirst()
                .orElse(column);
    }

    private FactId id(FactId before) {
        FactId known = ids.get(before);
        if (known == null) {
            known = newId(before);
            ids.put(before, known);
        }
        return known;
    }

    private FactId newId(FactId before) {
        FactId named = names.get(before);
        SchemaFact fact = facts.get(before);
        if (named != null || fact == null || fact.parent() == null) {
            return Objects.requireNonNullElse(named, before);
        }
        FactId parent = id(fact.parent());
        List<String> path = new ArrayList<>(parent.path());
        int inParent = fact.parent().path().size();
        switch (before.kind()) {
            case COMMENT, OWNER, GRANT -> {
                path.add(0, parent.kind().toString());
                path.addAll(before.path().subList(inParent + 1, before.path().size()));
            }
            case DEFAULT -> {}
            case INDEX -> path = List.of(parent.path().get(0), before.name());
            case FUNCTION, PROCEDURE, AGGREGATE ->
                path = List.of(parent.path().get(0), before.name(), arguments(before));
            case SEQUENCE -> path = List.of(schemaOf(fact, parent), before.name());
            default -> path.addAll(before.path().subList(inParent, before.path().size()));
        }
        return new FactId(before.kind(), path);
    }

    /** A sequence goes to another schema with the table that it belongs to. */
    private String schemaOf(SchemaFact sequence, FactId schema) {
        return names.entrySet().stream()
                .filter(each -> each.getKey().kind() == FactKind.TABLE && sequence.belongsTo(each.getKey()))
                .map(each -> each.getValue().path().get(0))
                .findFirst()
                .orElse(schema.path().get(0));
    }

    /** Types in the signature of a routine may have other names. */
    private String arguments(FactId routine) {
        String all = routine.path().get(2);
        for (Map.Entry<FactId, FactId> each : names.entrySet()) {
            switch (each.getKey().kind()) {
                case ENUM, DOMAIN, COMPOSITE, RANGE, TABLE, VIEW, MATERIALIZED_VIEW -> {
                    if (!Renames.isLabel(each.getKey())) {
                        all = replaced(all, each.getKey(), each.getValue());
                    }
                }
                default -> {}
            }
        }
        return all;
    }

    private static String replaced(String types, FactId before, FactId after) {
        return List.of(types.split(", ", -1)).stream()
                .map(type -> type.equals(before.qualifiedName())
                        ? after.qualifiedName()
                        : type.equals(before.qualifiedName() + "[]") ? after.qualifiedName() + "[]" : type)
                .collect(Collectors.joining(", "));
    }
}
