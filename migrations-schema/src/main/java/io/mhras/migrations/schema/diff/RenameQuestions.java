package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.RenameQuestion;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What went while something came that may be the same under another name. Nothing is guessed from that: it is asked. */
final class RenameQuestions {

    private final NavigableMap<FactId, SchemaFact> before;
    private final NavigableMap<FactId, SchemaFact> after;
    private final Map<FactId, Set<String>> columns = new HashMap<>();

    private RenameQuestions(SchemaSnapshot from, SchemaSnapshot to) {
        before = from.byId();
        after = to.byId();
        Stream.concat(from.facts().stream(), to.facts().stream())
                .filter(fact -> fact.id().kind() == FactKind.COLUMN && fact.parent() != null)
                .forEach(column -> columns.computeIfAbsent(column.parent(), id -> new HashSet<>())
                        .add(column.id().name() + " " + column.attribute("type")));
    }

    /**
     * The questions, in the order of the ids.
     *
     * @param from with everything renamed that is known to be
     * @param isNone that an object is known to be gone, or was not there before
     */
    static List<RenameQuestion> between(SchemaSnapshot from, SchemaSnapshot to, Predicate<FactId> isNone) {
        RenameQuestions questions = new RenameQuestions(from, to);
        List<RenameQuestion> all = new ArrayList<>();
        for (SchemaFact gone : from.facts()) {
            if (gone.id().kind() == FactKind.ENUM) {
                questions.labels(gone, isNone, all);
            }
            if (!questions.after.containsKey(gone.id()) && !isNone.test(gone.id()) && questions.standsInBoth(gone)) {
                List<FactId> candidates = to.facts().stream()
                        .filter(came -> came.id().kind() == gone.id().kind()
                                && !questions.before.containsKey(came.id())
                                && !isNone.test(came.id())
                                && questions.mayBecome(gone, came))
                        .map(SchemaFact::id)
                        .toList();
                if (!candidates.isEmpty()) {
                    all.add(new RenameQuestion(gone.id(), candidates));
                }
            }
        }
        return all;
    }

    /** What stands in something that came or went goes with that. */
    private boolean standsInBoth(SchemaFact fact) {
        FactId parent = fact.parent();
        return parent == null || parent.kind() == FactKind.SCHEMA || after.containsKey(parent);
    }

    private void labels(SchemaFact type, Predicate<FactId> isNone, List<RenameQuestion> all) {
        SchemaFact other = after.get(type.id());
        if (other == null) {
            return;
        }
        List<FactId> came = labels(other, type, isNone);
        if (!came.isEmpty()) {
            labels(type, other, isNone).forEach(gone -> all.add(new RenameQuestion(gone, came)));
        }
    }

    /** Those of the one that the other has not. */
    private static List<FactId> labels(SchemaFact of, SchemaFact without, Predicate<FactId> isNone) {
        List<String> theirs = TypeChanges.labels(without);
        return TypeChanges.labels(of).stream()
                .filter(label -> !theirs.contains(label))
                .map(label -> {
                    List<String> path = new ArrayList<>(of.id().path());
                    path.add(label.substring(1, label.length() - 1).replace("''", "'"));
                    return new FactId(FactKind.ENUM, path);
                })
                .filter(id -> !isNone.test(id))
                .toList();
    }

    private boolean mayBecome(SchemaFact gone, SchemaFact came) {
        return switch (gone.id().kind()) {
            case COLUMN ->
                isTable(gone.parent())
                        && Objects.equals(gone.parent(), came.parent())
                        && Objects.equals(gone.attribute("type"), came.attribute("type"))
                        && Objects.equals(gone.attribute("generated"), came.attribute("generated"));
            case TABLE, FOREIGN_TABLE, COMPOSITE -> haveOneName(gone, came) && haveMostColumns(gone, came);
            case CONSTRAINT ->
                Objects.equals(gone.parent(), came.parent())
                        && gone.attributes().equals(came.attributes());
            case INDEX -> Objects.equals(gone.parent(), came.parent()) && haveOneText(gone, came);
            case FUNCTION, PROCEDURE, AGGREGATE ->
                haveOneName(gone, came)
                        && gone.id().path().get(2).equals(came.id().path().get(2))
                        && haveOneText(gone, came);
            case ENUM, DOMAIN, RANGE, SEQUENCE ->
                haveOneName(gone, came)
                        && came.attribute("owned by") == null
                        && gone.attributes().equals(came.attributes());
            default -> false;
        };
    }

    private static boolean isTable(@Nullable FactId id) {
        return id != null && (id.kind() == FactKind.TABLE || id.kind() == FactKind.FOREIGN_TABLE);
    }

    /** It has another name in the same schema, or the same name in another one. */
    private static boolean haveOneName(SchemaFact gone, SchemaFact came) {
        return gone.id().path().get(0).equals(came.id().path().get(0))
                || gone.id().path().get(1).equals(came.id().path().get(1));
    }

    private boolean haveMostColumns(SchemaFact gone, SchemaFact came) {
        Set<String> one = columns.getOrDefault(gone.id(), Set.of());
        Set<String> other = columns.getOrDefault(came.id(), Set.of());
        long common = one.stream().filter(other::contains).count();
        return common > 0 && 3 * common >= 2L * Math.max(one.size(), other.size());
    }

    private static boolean haveOneText(SchemaFact gone, SchemaFact came) {
        Map<String, Set<String>> names = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            names.put(
                    FactId.quoted(gone.id().path().get(i)),
                    Set.of(FactId.quoted(came.id().path().get(i))));
        }
        return gone.attributes().keySet().equals(came.attributes().keySet())
                && gone.attributes().entrySet().stream()
                        .allMatch(each -> SqlTokens.become(
                                each.getValue(), Objects.requireNonNull(came.attribute(each.getKey())), names));
    }
}
