package io.mhras.migrations.engine;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.OfflinePlan.OtherTable;
import io.mhras.migrations.adopt.OtherHistories;
import io.mhras.migrations.adopt.OtherTool;
import java.util.List;

/** What is to be known before the first entry of a history: whether another tool has migrated the database. */
record FirstStart(MigrationDriver driver, Adopt adopt) {

    /**
     * Looks for other tools' histories.
     *
     * @return what to note of those that are of no concern
     * @throws MigrationException.HistoryConflict if there are any, and nobody has said that they are of no concern
     */
    List<String> check() {
        OtherHistories others = OtherHistories.in(driver.tables());
        if (others.isEmpty()) {
            return List.of();
        }
        if (adopt == Adopt.ASK) {
            throw others.conflict();
        }
        return List.of(others.note());
    }

    /** The tables for which a script has to look that is run later. */
    List<OtherTable> refused() {
        return adopt == Adopt.ASK ? OtherTool.tables() : List.of();
    }
}
