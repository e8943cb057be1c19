package io.mhras.migrations.laws;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Top-level types of one package that all reach each other: the strongly connected components of what they use. */
final class Knots {

    private final Map<String, Set<String>> uses;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Knots(Map<String, Set<String>> uses) {
        this.uses = uses;
    }

    /** Those with at least two types. */
    static List<Set<String>> of(JavaClasses classes) {
        return of(usesInsidePackages(classes));
    }

    /** Those of a graph: what each type uses. */
    static List<Set<String>> of(Map<String, Set<String>> uses) {
        Knots knots = new Knots(uses);
        uses.keySet().stream().filter(type -> !knots.order.containsKey(type)).forEach(knots::visit);
        return knots.found;
    }

    private static Map<String, Set<String>> usesInsidePackages(JavaClasses classes) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(House.topLevel(type).getName(), name -> new HashSet<>());
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = House.topLevel(dependency.getTargetClass().getBaseComponentType());
                if (target.getPackageName().equals(type.getPackageName())) {
                    used.add(target.getName());
                }
            });
        }
        return uses;
    }

    /** Tarjan's. */
    private void visit(String type) {
        int number = order.size();
        order.put(type, number);
        lowest.put(type, number);
        open.push(type);
        for (String used : uses.getOrDefault(type, Set.of())) {
            if (!order.containsKey(used)) {
                visit(used);
                lowest.merge(type, lowest.get(used), Math::min);
            } else if (open.contains(used)) {
                lowest.merge(type, order.get(used), Math::min);
            }
        }
        if (lowest.get(type) == number) {
            Set<String> knot = new TreeSet<>();
            String last;
            do {
                last = open.pop();
                knot.add(last);
            } while (!last.equals(type));
            if (knot.size() > 1) {
                found.add(knot);
            }
        }
    }
}
