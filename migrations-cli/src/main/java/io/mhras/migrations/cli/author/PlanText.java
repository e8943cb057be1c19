package io.mhras.migrations.cli.author;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.HeldBack;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A plan for people: what will be, then what is dangerous about it. */
public record PlanText(SchemaPlan plan) {

    /** In nouns of the schema. */
    public String changes() {
        StringBuilder text = new StringBuilder();
        new SchemaChanges(plan.differences())
                .lines()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        for (HeldBack held : plan.heldBack()) {
            text.append("  - ").append(held.fact().id()).append("   HELD BACK\n");
        }
        plan.unwritten().forEach(each -> text.append("  ! ").append(each.what()).append("   NO WAY KNOWN\n"));
        return text.toString();
    }

    /** What to watch out for; empty if there is nothing. */
    public String hazards() {
        Map<String, Set<Integer>> parts = new LinkedHashMap<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            for (Statement statement : plan.parts().get(i).statements()) {
                for (Hazard hazard : statement.hazards()) {
                    parts.computeIfAbsent(line(hazard, statement), line -> new TreeSet<>())
                            .add(i + 1);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        parts.forEach((line, in) -> lines.add(line + (plan.parts().size() == 1 ? "" : where(in))));
        for (HeldBack held : plan.heldBack()) {
            FactId id = held.fact().id();
            lines.add("held back     " + id + ": it stays; --drop " + id.qualifiedName() + " drops it");
        }
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Watch out\n");
        int width = String.valueOf(lines.size()).length();
        for (int i = 0; i < lines.size(); i++) {
            text.append(("  %" + width + "d ").formatted(i + 1))
                    .append(lines.get(i))
                    .append('\n');
        }
        return text.toString();
    }

    private static String where(Set<Integer> parts) {
        String numbers = parts.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return " (" + (parts.size() == 1 ? "part " : "parts ") + numbers + ")";
    }

    /** Locks are the table's, whatever is done to it. */
    private static String line(Hazard hazard, Statement statement) {
        boolean tellsOfWhat = hazard instanceof Hazard.MayFail || hazard instanceof Hazard.Gap;
        return word(hazard) + " " + (tellsOfWhat ? statement.about() + ": " : "") + hazard.text();
    }

    private static String word(Hazard hazard) {
        if (hazard instanceof Hazard.DeletesData) {
            return "data         ";
        }
        if (hazard instanceof Hazard.Locks) {
            return "lock         ";
        }
        if (hazard instanceof Hazard.Rewrites) {
            return "rewrite      ";
        }
        if (hazard instanceof Hazard.MayFail) {
            return "may fail     ";
        }
        if (hazard instanceof Hazard.BreaksRunningRelease) {
            return "code first   ";
        }
        return hazard instanceof Hazard.Gap ? "to be written " : "slow         ";
    }

    /** The statements, those of each part after a line. */
    public String sql() {
        List<String> parts = new ArrayList<>();
        for (Part part : plan.parts()) {
            StringBuilder text = new StringBuilder();
            if (plan.parts().size() > 1) {
                text.append("-- ")
                        .append(part.isTransactional() ? "in a transaction" : "without a transaction")
                        .append(part.why() == null ? "" : ": " + part.why())
                        .append('\n');
            }
            part.statements().forEach(statement -> text.append(statement.sql()).append(";\n"));
            parts.add(text.toString());
        }
        return String.join("\n", parts);
    }
}
