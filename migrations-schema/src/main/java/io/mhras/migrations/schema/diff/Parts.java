package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import io.mhras.migrations.schema.diff.Piece.Moment;
import io.mhras.migrations.schema.diff.StepOrder.Sorted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts statements into as few parts as possible.
 *
 * <p>Parts are numbered: what runs in a transaction gets an even number, what cannot an odd one. A statement comes into the
 * first that is not before one of what it needs; and what is dropped to be made again goes only when that comes.
 */
final class Parts {

    private static final Pattern NEW_LABEL = Pattern.compile(" ADD VALUE ('(?:[^']|'')*')");

    private final List<Step> steps;
    private final List<Set<Integer>> needs;
    private final List<List<Placed>> placed = new ArrayList<>();

    /** Of a step that has no pieces of its own: when what it needs is there. */
    private final List<Integer> passed = new ArrayList<>();

    private static final class Placed {
        private final Piece piece;
        private int part;

        Placed(Piece piece) {
            this.piece = piece;
        }
    }

    private Parts(List<Step> steps, List<Set<Integer>> needs) {
        this.steps = steps;
        this.needs = needs;
    }

    /**
     * The parts.
     *
     * @param first what comes before all else
     * @param forms the pieces of each step
     */
    static List<Part> of(List<Statement> first, Sorted sorted, List<List<Piece>> forms) {
        Parts parts = new Parts(sorted.steps(), sorted.needs());
        for (int i = 0; i < forms.size(); i++) {
            parts.place(i, forms.get(i));
        }
        parts.delayDrops();
        return parts.parts(first);
    }

    private void place(int step, List<Piece> pieces) {
        List<Placed> all = new ArrayList<>();
        int before = 0;
        passed.add(
                pieces.isEmpty()
                        ? needs.get(step).stream().mapToInt(this::ready).max().orElse(0)
                        : 0);
        for (Piece piece : pieces) {
            Placed here = new Placed(piece);
            int first = Math.max(before, earliest(step, piece));
            here.part = (first % 2 == 0) == piece.isTransactional() ? first : first + 1;
            all.add(here);
            before = here.part + (piece.isTransactional() && isWaitedFor(pieces, piece) ? 1 : 0);
        }
        placed.add(all);
    }

    /** Whether the one that comes after this one needs it to be committed. */
    private static boolean isWaitedFor(List<Piece> pieces, Piece piece) {
        int next = pieces.indexOf(piece) + 1;
        return next < pieces.size() && pieces.get(next).why() != null;
    }

    private int earliest(int step, Piece piece) {
        int earliest = 0;
        for (int needed : needs.get(step)) {
            if (piece.moment() != Moment.EARLY || !isDrop(needed) && !isNotNull(needed)) {
                int part = ready(needed) + (usesNewLabel(step, needed) ? 1 : 0);
                earliest = Math.max(earliest, part);
            }
        }
        return earliest;
    }

    /** A label has to be committed before it is used. */
    private boolean usesNewLabel(int step, int adding) {
        Matcher label = NEW_LABEL.matcher(steps.get(adding).sql());
        return steps.get(adding).isApart()
                && label.find()
                && steps.get(step).sql().contains(label.group(1))
                && !steps.get(step).isApart();
    }

    private boolean isNotNull(int step) {
        return steps.get(step).sql().endsWith(" SET NOT NULL");
    }

    private boolean isDrop(int step) {
        return steps.get(step).doing() == Step.Doing.DROP;
    }

    /** The part after which its result is there. */
    private int ready(int step) {
        return placed.get(step).stream()
                .filter(each -> each.piece.moment() == Moment.IN_TURN)
                .mapToInt(each -> each.part)
                .max()
                .orElse(passed.get(step));
    }

    /** A constraint is missed for no longer than its replacement takes. */
    private void delayDrops() {
        int[] latest = new int[steps.size()];
        Arrays.fill(latest, Integer.MAX_VALUE);
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<Placed> pieces = placed.get(i);
            boolean isAlone = pieces.size() == 1 && pieces.get(0).piece.isTransactional();
            if (isDrop(i) && isAlone && latest[i] != Integer.MAX_VALUE) {
                int part = latest[i] % 2 == 0 ? latest[i] : latest[i] - 1;
                pieces.get(0).part = Math.max(pieces.get(0).part, part);
            }
            int first = pieces.stream()
                    .filter(each -> each.piece.moment() == Moment.IN_TURN)
                    .mapToInt(each -> each.part)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            needs.get(i).forEach(needed -> latest[needed] = Math.min(latest[needed], first));
        }
    }

    private List<Part> parts(List<Statement> first) {
        Map<Integer, List<Statement>> statements = new TreeMap<>();
        if (!first.isEmpty()) {
            statements.put(0, new ArrayList<>(first));
        }
        Map<Integer, String> reasons = new TreeMap<>();
        // What nothing waits for comes last in its part.
        addTo(statements, reasons, /* later= */ false);
        addTo(statements, reasons, /* later= */ true);
        List<Part> parts = new ArrayList<>();
        statements.forEach((number, all) -> {
            boolean isTransactional = number % 2 == 0;
            int last = parts.size() - 1;
            if (!isTransactional && last >= 0 && !parts.get(last).isTransactional()) {
                // Each of their statements is committed by itself.
                List<Statement> both = new ArrayList<>(parts.get(last).statements());
                both.addAll(all);
                parts.set(
                        last,
                        new Part(/* isTransactional= */ false, parts.get(last).why(), both));
            } else {
                String why = reasons.getOrDefault(number, "it uses what has to be committed first");
                parts.add(new Part(isTransactional, parts.isEmpty() && isTransactional ? null : why, all));
            }
        });
        return parts;
    }

    private void addTo(Map<Integer, List<Statement>> statements, Map<Integer, String> reasons, boolean later) {
        for (int i = 0; i < steps.size(); i++) {
            for (Placed each : placed.get(i)) {
                Piece piece = each.piece;
                if ((piece.moment() == Moment.LATER) != later) {
                    continue;
                }
                statements
                        .computeIfAbsent(each.part, part -> new ArrayList<>())
                        .add(new Statement(
                                steps.get(i).about(),
                                piece.sql(),
                                piece.hazards(),
                                steps.get(i).irreversible()));
                if (piece.why() != null) {
                    reasons.putIfAbsent(each.part, piece.why());
                }
            }
        }
    }
}
