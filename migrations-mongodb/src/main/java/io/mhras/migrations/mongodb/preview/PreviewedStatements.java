package io.mhras.migrations.mongodb.preview;

import io.mhras.migrations.ScriptPreview;
import io.mhras.migrations.ScriptPreview.State;
import io.mhras.migrations.ScriptPreview.Statement;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.StatementText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a script would send, as far as people would read it: of a line in a loop the first statements, and their number. */
final class PreviewedStatements {

    private static final int MOST_OF_A_LINE = 10;

    private final String database;
    private final List<Statement> shown = new ArrayList<>();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private final Map<Integer, Integer> shownOfLine = new HashMap<>();
    private final Map<Integer, Integer> lastOfLine = new HashMap<>();
    private int count;

    PreviewedStatements(String database) {
        this.database = database;
    }

    void add(ShellCall call, State state, @Nullable String note) {
        count++;
        int ofLine = counts.merge(call.line(), 1, Integer::sum);
        if (ofLine <= MOST_OF_A_LINE && shown.size() < ScriptPreview.MOST_SHOWN) {
            shownOfLine.put(call.line(), ofLine);
            lastOfLine.put(call.line(), shown.size());
            shown.add(new Statement(call.line(), StatementText.of(call, database), state, note));
        }
    }

    /** How many there are, with those that are not shown. */
    int count() {
        return count;
    }

    List<Statement> shown() {
        List<Statement> all = new ArrayList<>(shown);
        lastOfLine.forEach((line, index) -> {
            int more = counts.getOrDefault(line, 0) - shownOfLine.getOrDefault(line, 0);
            Statement last = all.get(index);
            if (more > 0) {
                String note = String.format(Locale.ROOT, "and %,d more from line %d", more, line);
                all.set(index, new Statement(line, last.text(), last.state(), note));
            }
        });
        return all;
    }
}
