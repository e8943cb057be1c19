package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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
        List<List<Integer>> waiting = new ArrayList<>();
        actions.forEach(action -> waiting.add(new ArrayList<>()));
        int[] waitingFor = new int[actions.size()];
        PriorityQueue<Integer> ready =
                new PriorityQueue<>(Comparator.<Integer, DdlAction>comparing(actions::get, IF_NOTHING_DECIDES)
                        .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < actions.size(); i++) {
            int place = i;
            waitingFor[i] = needs.get(i).size();
            needs.get(i).forEach(needed -> waiting.get(needed).add(place));
            if (waitingFor[i] == 0) {
                ready.add(i);
            }
        }
        Set<Integer> ordered = new LinkedHashSet<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            ordered.add(next);
            for (int each : waiting.get(next)) {
                if (--waitingFor[each] == 0) {
                    ready.add(each);
                }
            }
        }
        if (ordered.size() < actions.size()) {
            throw new IllegalStateException(
                    "These objects need each other in a circle, so that none can be made first: "
                            + circle(actions, needs, ordered));
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

    private static String circle(List<DdlAction> actions, List<Set<Integer>> needs, Set<Integer> ordered) {
        int at = 0;
        while (ordered.contains(at)) {
            at++;
        }
        // Each that is left needs another one that is left, so the way comes back to itself.
        List<Integer> way = new ArrayList<>();
        while (!way.contains(at)) {
            way.add(at);
            at = needs.get(at).stream()
                    .filter(needed -> !ordered.contains(needed))
                    .findFirst()
                    .orElseThrow();
        }
        way.add(at);
        return way.subList(way.indexOf(at), way.size()).stream()
                .map(place -> actions.get(place).about().toString())
                .collect(Collectors.joining(" -> "));
    }
}
