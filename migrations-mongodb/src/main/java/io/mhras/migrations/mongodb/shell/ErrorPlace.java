package io.mhras.migrations.mongodb.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/**
 * Where in a script an error came up: the innermost place that is in the script and not in the shell.
 *
 * @param line from 1; 0 if not known
 * @param column from 1; 0 if not known
 */
record ErrorPlace(int line, int column) {

    static ErrorPlace of(PolyglotException failure, String location) {
        SourceSection source = failure.getSourceLocation();
        if (isIn(source, location)) {
            return new ErrorPlace(source.getStartLine(), source.getStartColumn());
        }
        String stack = EngineErrors.text(failure.getGuestObject(), "stack");
        Matcher frame = Pattern.compile(Pattern.quote(location) + ":(\\d+):(\\d+)\\)?$", Pattern.MULTILINE)
                .matcher(stack == null ? "" : stack);
        if (frame.find()) {
            return new ErrorPlace(Integer.parseInt(frame.group(1)), Integer.parseInt(frame.group(2)));
        }
        for (PolyglotException.StackFrame each : failure.getPolyglotStackTrace()) {
            if (each.isGuestFrame() && isIn(each.getSourceLocation(), location)) {
                SourceSection section = each.getSourceLocation();
                return new ErrorPlace(section.getStartLine(), section.getStartColumn());
            }
        }
        return new ErrorPlace(0, 0);
    }

    private static boolean isIn(@Nullable SourceSection section, String location) {
        return section != null && section.getSource().getName().equals(location);
    }
}
