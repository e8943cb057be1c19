package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sequences. */
final class SequenceChanges {

    private SequenceChanges() {}

    static void sequence(Alteration sequence) {
        FactId id = sequence.id();
        String alter = "ALTER SEQUENCE " + id.qualifiedName() + " ";
        if (sequence.changes("persistence")) {
            sequence.alter(
                    DdlStage.SEQUENCE,
                    alter + (sequence.after().attribute("persistence") == null ? "SET LOGGED" : "SET UNLOGGED"));
        }
        List<String> changes = new ArrayList<>();
        add(sequence, "type", "AS %s", changes);
        add(sequence, "increment", "INCREMENT BY %s", changes);
        add(sequence, "minimum", "MINVALUE %s", changes);
        add(sequence, "maximum", "MAXVALUE %s", changes);
        add(sequence, "start", "START WITH %s", changes);
        add(sequence, "cache", "CACHE %s", changes);
        if (sequence.changes("cycle")) {
            changes.add(sequence.after().attribute("cycle") == null ? "NO CYCLE" : "CYCLE");
        }
        if (!changes.isEmpty()) {
            sequence.alter(DdlStage.SEQUENCE, alter + String.join(" ", changes));
        }
        if (sequence.changes("owned by")) {
            sequence.alter(
                    DdlStage.COLUMN,
                    alter + "OWNED BY "
                            + Objects.requireNonNullElse(sequence.after().attribute("owned by"), "NONE"));
        }
    }

    private static void add(Alteration sequence, String attribute, String clause, List<String> changes) {
        if (sequence.changes(attribute)) {
            changes.add(clause.replace("%s", String.valueOf(sequence.after().attribute(attribute))));
        }
    }
}
