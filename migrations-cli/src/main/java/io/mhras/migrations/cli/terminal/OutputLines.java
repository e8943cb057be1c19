package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.ScriptOutput.Level;
import java.util.Set;

/**
 * Prints what scripts say, as it comes: it is no part of the answer.
 *
 * @param levels what of it is wanted
 */
public record OutputLines(Terminal terminal, Colours colours, Set<Level> levels) implements MigrationListener {

    @Override
    public void onOutput(String database, MigrationStep step, ScriptOutput output) {
        if (!levels.contains(output.level())) {
            return;
        }
        String begin = step.scriptName() + ": ";
        switch (output.level()) {
            case PRINTED -> terminal.err().println(begin + output.text());
            case NOTICE -> terminal.err().println(begin + "notice: " + output.text());
            case WARNING -> colours.printMessageLine("fg(yellow)", begin + "warning: " + output.text());
        }
    }
}
