package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Triggers and rules, and whether they are enabled. */
final class TriggerRules {

    private TriggerRules() {}

    static void trigger(SchemaFact trigger, DdlActions actions) {
        onRelation(trigger, "TRIGGER", actions);
    }

    static void rule(SchemaFact rule, DdlActions actions) {
        onRelation(rule, "RULE", actions);
    }

    private static void onRelation(SchemaFact fact, String word, DdlActions actions) {
        actions.make(DdlStage.TRIGGER, fact, ViewRules.withoutEnd(fact.attribute("definition")));
        String state = state(fact);
        if (state != null) {
            actions.alter(
                    DdlStage.STATE,
                    fact.id(),
                    Set.of(),
                    "ALTER TABLE " + Objects.requireNonNull(fact.parent()).qualifiedName() + " " + state + " " + word
                            + " " + FactId.quoted(fact.id().name()));
        }
    }

    static void eventTrigger(SchemaFact trigger, DdlActions actions) {
        actions.make(
                DdlStage.EVENT_TRIGGER,
                trigger,
                "CREATE EVENT TRIGGER " + trigger.id().qualifiedName() + " ON " + trigger.attribute("on")
                        + new Clauses(trigger)
                                .ifSet("when tag in", "\n  WHEN TAG IN (%s)")
                                .ifSet("function", "\n  EXECUTE FUNCTION %s")
                                .joined(""));
        String state = state(trigger);
        if (state != null) {
            actions.alter(
                    DdlStage.EVENT_TRIGGER,
                    trigger.id(),
                    Set.of(),
                    "ALTER EVENT TRIGGER " + trigger.id().qualifiedName() + " " + state);
        }
    }

    private static @Nullable String state(SchemaFact fact) {
        String enabled = fact.attribute("enabled");
        return enabled == null
                ? null
                : switch (enabled) {
                    case "no" -> "DISABLE";
                    case "always" -> "ENABLE ALWAYS";
                    default -> "ENABLE REPLICA";
                };
    }
}
