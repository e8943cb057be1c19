package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;

/** Functions and procedures. */
final class RoutineRules {

    private RoutineRules() {}

    static void routine(SchemaFact routine, DdlActions actions) {
        actions.make(
                DdlStage.ROUTINE,
                routine,
                String.valueOf(routine.attribute("definition")).strip());
        RightsRules.revokeWhatIsUsual(routine, actions);
    }
}
