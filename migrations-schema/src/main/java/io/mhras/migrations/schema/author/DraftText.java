package io.mhras.migrations.schema.author;

import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaPlan.HeldBack;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of new files.
 *
 * @param words what they do
 * @param wanted the schema that they lead to
 * @param own how names are written
 */
record DraftText(String words, String wanted, OwnSchema own) {

    private static final String NO_TRANSACTION = "-- migrate:transaction none\n";

    String up(Part part, List<MigrationVersion> requires, List<HeldBack> heldBack) {
        StringBuilder text = new StringBuilder("-- " + oneLine(words) + "\n-- Written from " + oneLine(wanted) + ".\n");
        if (part.why() != null) {
            text.append("-- A file of its own: ").append(part.why()).append('\n');
        }
        if (!requires.isEmpty()) {
            text.append("-- migrate:requires ")
                    .append(requires.stream().map(MigrationVersion::toString).collect(Collectors.joining(", ")))
                    .append('\n');
        }
        if (!part.isTransactional()) {
            text.append(NO_TRANSACTION);
        }
        bodies(part.statements(), part.isTransactional(), text);
        part.statements().forEach(statement -> append(statement, text));
        for (HeldBack held : heldBack) {
            text.append("\n-- HELD BACK: ")
                    .append(held.fact().id())
                    .append(" is not in ")
                    .append(oneLine(wanted))
                    .append(", and stays. This would drop it:\n")
                    .append(commented(own.written(held.sql()) + ";"));
        }
        return text.toString();
    }

    /** A body may name what comes later. */
    private static void bodies(List<Statement> statements, boolean isTransactional, StringBuilder text) {
        if (statements.stream()
                .anyMatch(one -> one.sql().startsWith("CREATE OR REPLACE FUNCTION")
                        || one.sql().startsWith("CREATE OR REPLACE PROCEDURE"))) {
            text.append("\nSET ").append(isTransactional ? "LOCAL " : "").append("check_function_bodies = off;\n");
        }
    }

    private void append(Statement statement, StringBuilder text) {
        text.append('\n');
        statement.hazards().stream()
                .filter(hazard -> !(hazard instanceof Hazard.Locks lock) || lock.isLong())
                .forEach(hazard -> text.append(commented(own.written(hazard.text()))));
        text.append(own.written(statement.sql())).append(";\n");
    }

    /** What takes a part back; several parts run one after the other, outside of a transaction. */
    String down(SchemaPlan down, String up) {
        StringBuilder text = new StringBuilder("-- Takes back " + up + ".\n");
        boolean isTransactional =
                down.parts().size() <= 1 && down.parts().stream().allMatch(Part::isTransactional);
        if (!isTransactional) {
            text.append(NO_TRANSACTION);
        }
        bodies(down.statements().toList(), isTransactional, text);
        down.statements().forEach(statement -> {
            text.append('\n');
            String lost = statement.irreversible();
            if (lost != null) {
                text.append(commented("Deletes " + own.written(lost) + "."));
            }
            text.append(own.written(statement.sql())).append(";\n");
        });
        return text.toString();
    }

    private static String commented(String text) {
        return text.lines().map(line -> "-- " + line + "\n").collect(Collectors.joining());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
