package io.mhras.migrations.cli.author;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.HeldBack;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        Set<String> lines = new LinkedHashSet<>();
        int part = 0;
        for (Part each : plan.parts()) {
            part++;
            for (Statement statement : each.statements()) {
                for (Hazard hazard : statement.hazards()) {
                    lines.add(word(hazard) + statement.about() + ": " + hazard.text()
                            + (plan.parts().size() > 1 ? " (part " + part + ")" : ""));
                }
            }
        }
        for (HeldBack held : plan.heldBack()) {
            FactId id = held.fact().id();
            lines.add("held back    " + id + ": it stays; --drop " + id.qualifiedName() + " drops it");
        }
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Watch out\n");
        int number = 1;
        for (String line : lines) {
            text.append("  ").append(number++).append(' ').append(line).append('\n');
        }
        return text.toString();
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
