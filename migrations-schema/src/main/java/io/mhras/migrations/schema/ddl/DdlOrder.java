package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts statements into an order in which each finds what it needs. */
final class DdlOrder {

    private static final Comparator<DdlAction> IF_NOTHING_DECIDES =
            Comparator.comparing(DdlAction::stage).thenComparing(DdlAction::about);

    private DdlOrder() {}

    /** What is left after everything is taken away that needs what nothing makes; each of those is added to the list. */
    static List<DdlAction> possible(List<DdlAction> actions, List<Unwritten> unwritten) {
        Set<FactId> made = new HashSet<>();
        actions.forEach(action -> made.addAll(action.makes()));
        List<DdlAction> possible = new ArrayList<>(actions);
        boolean isDone = false;
        while (!isDone) {
            isDone = true;
            for (DdlAction action : List.copyOf(possible)) {
                Set<FactId> missing = new HashSet<>(action.needs());
                missing.removeAll(made);
                if (!missing.isEmpty()) {
                    possible.remove(action);
                    made.removeAll(action.makes());
                    // What is said about an object that is left out goes with it.
                    if (!missing.contains(action.about())) {
                        unwritten.add(new Unwritten(
                                action.about(),
                                action.about() + ": it needs " + named(missing) + ", which is left out"));
                    }
                    isDone = false;
                }
            }
        }
        return possible;
    }

    private static String named(Set<FactId> ids) {
        return ids.stream().sorted().map(FactId::toString).collect(Collectors.joining(", "));
    }

    /** @throws IllegalStateException if some of them need each other in a circle */
    static List<DdlAction> of(List<DdlAction> actions) {
        List<Set<Integer>> needs = needs(actions);
        NeedsOrder order = new NeedsOrder(needs);
        Set<Integer> ordered = order.sorted(Comparator.comparing(actions::get, IF_NOTHING_DECIDES));
        if (ordered.size() < actions.size()) {
            throw new IllegalStateException(
                    "These objects need each other in a circle, so that none can be made first: "
                            + order.circle(ordered).stream()
                                    .map(place -> actions.get(place).about().toString())
                                    .collect(Collectors.joining(" -> ")));
        }
        return ordered.stream().map(actions::get).toList();
    }

    /** The places of those that each one needs. */
    private static List<Set<Integer>> needs(List<DdlAction> actions) {
        Map<FactId, Integer> makers = new HashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            for (FactId made : actions.get(i).makes()) {
                makers.put(made, i);
            }
        }
        List<Set<Integer>> needs = new ArrayList<>();
        for (DdlAction action : actions) {
            Set<Integer> places = new TreeSet<>();
            action.needs().forEach(id -> places.add(makers.get(id)));
            places.remove(needs.size());
            needs.add(places);
        }
        return needs;
    }
}
