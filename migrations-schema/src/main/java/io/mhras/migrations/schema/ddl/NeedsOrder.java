package io.mhras.migrations.schema.ddl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What comes after what.
 *
 * @param needs of each place the places that have to come before it
 */
public record NeedsOrder(List<? extends Set<Integer>> needs) {

    /**
     * Each place after those that it needs.
     *
     * @param ifNothingDecides of those that can come next, the least one does
     * @return without those that need each other in a circle, and those that need them
     */
    public Set<Integer> sorted(Comparator<Integer> ifNothingDecides) {
        List<List<Integer>> waiting = new ArrayList<>();
        needs.forEach(place -> waiting.add(new ArrayList<>()));
        int[] waitingFor = new int[needs.size()];
        PriorityQueue<Integer> ready = new PriorityQueue<>(ifNothingDecides.thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < needs.size(); i++) {
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
        return ordered;
    }

    /** A way from one of those that could not be ordered back to itself. */
    public List<Integer> circle(Collection<Integer> ordered) {
        int at = 0;
        while (ordered.contains(at)) {
            at++;
        }
        // Each that is left needs another one that is left, so the way comes back to itself.
        List<Integer> way = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        while (seen.add(at)) {
            way.add(at);
            at = needs.get(at).stream()
                    .filter(needed -> !ordered.contains(needed))
                    .findFirst()
                    .orElseThrow();
        }
        way.add(at);
        return way.subList(way.indexOf(at), way.size());
    }
}
