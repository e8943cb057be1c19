package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;
import java.util.Set;

/** Extended statistics. */
final class StatisticsRule {

    private StatisticsRule() {}

    static void create(SchemaFact statistics, DdlActions actions) {
        actions.make(DdlStage.STATISTICS, statistics, String.valueOf(statistics.attribute("definition")));
        if (statistics.attribute("target") != null) {
            actions.alter(
                    DdlStage.STATISTICS,
                    statistics.id(),
                    Set.of(),
                    "ALTER STATISTICS " + statistics.id().qualifiedName() + " SET STATISTICS "
                            + statistics.attribute("target"));
        }
    }
}
