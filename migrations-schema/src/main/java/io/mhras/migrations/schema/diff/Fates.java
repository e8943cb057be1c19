package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What becomes of each fact: it goes, comes, goes and comes again, or is changed in place; all others stay as they are. */
final class Fates {

    private final State from;
    private final State to;
    private final Set<FactId> dropped = new TreeSet<>();
    private final Set<FactId> made = new TreeSet<>();
    private final Map<FactId, Alteration> altered = new TreeMap<>();
    private final Map<FactId, String> impossible = new TreeMap<>();
    private final Set<FactId> remadeEnums = new TreeSet<>();

    /** What goes, or changes under those that use it, and has to be looked at. */
    private final Deque<FactId> open = new ArrayDeque<>();

    Fates(State from, State to, Iterable<SchemaDifference> differences) {
        this.from = from;
        this.to = to;
        for (SchemaDifference difference : differences) {
            if (difference instanceof SchemaDifference.Added added) {
                made.add(added.id());
            } else if (difference instanceof SchemaDifference.Removed removed) {
                dropped.add(removed.id());
                open.add(removed.id());
            } else if (difference instanceof SchemaDifference.Changed changed) {
                change(changed);
            }
        }
        Set.copyOf(altered.values()).forEach(this::leaveBefore);
        // A closed circle: what is replaced takes along what uses it.
        while (!open.isEmpty()) {
            spread(open.remove());
        }
        altered.values().forEach(one -> {
            String why = one.impossible();
            if (why != null) {
                impossible.put(one.id(), why);
            }
        });
    }

    /** What the server would cast or build anew with the column, and cannot. */
    private void leaveBefore(Alteration column) {
        if (column.id().kind() != FactKind.COLUMN || !column.invalidates()) {
            return;
        }
        from.children(column.id(), FactKind.DEFAULT).stream()
                .map(SchemaFact::id)
                .filter(altered::containsKey)
                .forEach(this::replace);
        from.dependents(column.id()).stream()
                .filter(this::isKeyWithMore)
                .flatMap(key -> from.dependents(key).stream())
                .filter(id -> id.kind() == FactKind.CONSTRAINT)
                .forEach(this::replace);
    }

    private boolean isKeyWithMore(FactId id) {
        SchemaFact key = id.kind() == FactKind.CONSTRAINT ? from.fact(id) : null;
        return key != null && String.valueOf(key.attribute("definition")).contains(" INCLUDE (");
    }

    private void change(SchemaDifference.Changed changed) {
        Alteration alteration = new Alteration(changed.before(), changed.after(), from, to);
        ChangeRules.apply(alteration);
        if (alteration.replaces()) {
            replace(alteration.id());
        } else {
            altered.put(alteration.id(), alteration);
            if (alteration.invalidates()) {
                open.add(alteration.id());
            }
        }
    }

    /** It is dropped, and made again, with all that stands in it. */
    private void replace(FactId id) {
        if (id.kind() == FactKind.ENUM && to.has(id)) {
            if (remadeEnums.add(id)) {
                open.add(id);
            }
            return;
        }
        if (id.kind() == FactKind.TABLE || id.kind() == FactKind.FOREIGN_TABLE) {
            impossible.put(id, "it would have to be made anew, without its rows");
            return;
        }
        if (!dropped.add(id) && made.contains(id)) {
            return;
        }
        open.add(id);
        altered.remove(id);
        SchemaFact before = from.fact(id);
        if (before != null) {
            from.descendants(id).forEach(part -> {
                dropped.add(part.id());
                altered.remove(part.id());
                open.add(part.id());
            });
        }
        if (to.has(id)) {
            made.add(id);
            to.descendants(id).forEach(part -> made.add(part.id()));
        }
    }

    private void spread(FactId id) {
        boolean isGone = dropped.contains(id);
        for (FactId dependent : from.dependents(id)) {
            if (!dropped.contains(dependent) && concerns(dependent, id, isGone)) {
                use(dependent, id);
            }
        }
    }

    /** Whether the one that uses it cannot just stay. */
    private boolean concerns(FactId dependent, FactId needed, boolean isGone) {
        if (isGone || remadeEnums.contains(needed)) {
            // It may be changed so that it does not use it any more.
            return !altered.containsKey(dependent) || needsStill(dependent, needed);
        }
        return switch (dependent.kind()) {
            case INDEX, STATISTICS, SEQUENCE, DEFAULT, CONSTRAINT -> false;
            default -> true;
        };
    }

    private boolean needsStill(FactId dependent, FactId needed) {
        return to.needs(dependent).contains(needed);
    }

    private void use(FactId dependent, FactId needed) {
        switch (dependent.kind()) {
            case COLUMN -> column(dependent, needed);
            case TABLE, FOREIGN_TABLE, DOMAIN, COMPOSITE, RANGE ->
                impossible.put(needed, "it is used by " + dependent + ", and cannot be changed in place");
            default -> replace(dependent);
        }
    }

    private void column(FactId column, FactId needed) {
        SchemaFact fact = Objects.requireNonNull(from.fact(column));
        FactId of = Objects.requireNonNull(fact.parent());
        switch (of.kind()) {
            case VIEW, MATERIALIZED_VIEW -> {
                if (!dropped.contains(of)) {
                    replace(of);
                }
            }
            case TABLE, FOREIGN_TABLE -> {
                if (fact.attribute("generated") != null) {
                    replace(column);
                } else if (remadeEnums.contains(needed)) {
                    retype(column, needed);
                } else {
                    impossible.put(needed, "the " + column + " is of it, and it cannot be changed in place");
                }
            }
            default -> impossible.put(needed, "the " + column + " is of it, and it cannot be changed in place");
        }
    }

    /** Its type is made anew under the same name. */
    private void retype(FactId column, FactId type) {
        Alteration alteration = altered.get(column);
        if (alteration == null) {
            SchemaFact before = Objects.requireNonNull(from.fact(column));
            alteration = new Alteration(before, Objects.requireNonNull(to.fact(column)), from, to);
            altered.put(column, alteration);
        }
        if (!alteration.invalidates()) {
            EnumRecreation.retype(alteration, type);
            open.add(column);
            from.children(column, FactKind.DEFAULT).forEach(value -> replace(value.id()));
        }
    }

    State from() {
        return from;
    }

    State to() {
        return to;
    }

    Set<FactId> dropped() {
        return dropped;
    }

    Set<FactId> made() {
        return made;
    }

    Map<FactId, Alteration> altered() {
        return altered;
    }

    /** Enums that are made anew under the same name, since they lose labels or their order. */
    Set<FactId> remadeEnums() {
        return remadeEnums;
    }

    /** What cannot be changed, and why. */
    Map<FactId, String> impossible() {
        return impossible;
    }
}
