package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Set;

/** Indexes that are no constraint's. */
final class IndexRule {

    private IndexRule() {}

    /** One that a build has left behind cannot be made as it is. */
    static boolean isWritten(SchemaFact index) {
        return index.attribute("valid") == null;
    }

    static void create(SchemaFact index, DdlActions actions) {
        if (!isWritten(index)) {
            actions.leaveOut(index.id(), "it is not valid, as an interrupted build leaves it");
            return;
        }
        actions.make(DdlStage.INDEX, index, String.valueOf(index.attribute("definition")));
        String alter = "ALTER INDEX " + index.id().qualifiedName();
        if (index.attribute("tablespace") != null) {
            actions.alter(
                    DdlStage.STATE, index.id(), Set.of(), alter + " SET TABLESPACE " + index.attribute("tablespace"));
        }
        String targets = index.attribute("statistics targets");
        if (targets != null) {
            for (String target : List.of(targets.split(", "))) {
                actions.alter(
                        DdlStage.STATE,
                        index.id(),
                        Set.of(),
                        alter + " ALTER COLUMN " + target.replace(": ", " SET STATISTICS "));
            }
        }
    }
}
