package io.mhras.migrations.mongodb.shell;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Reports in the script's terms why the engine stopped. */
final class EngineErrors {

    private EngineErrors() {}

    static ScriptFailure of(PolyglotException failure, String location, Watchdog watch) {
        ErrorPlace place = ErrorPlace.of(failure, location);
        String stopped = watch.stopped();
        if (stopped != null) {
            return new ScriptFailure("the script was stopped: " + stopped, place.line(), place.column(), failure);
        }
        if (failure.isInterrupted()) {
            return new ScriptFailure(
                    "the script was stopped: its thread was interrupted", place.line(), place.column(), failure);
        }
        if (failure.isResourceExhausted()) {
            return new ScriptFailure(exhausted(failure), place.line(), place.column(), failure);
        }
        Value error = failure.getGuestObject();
        return new ScriptFailure(
                message(failure, error),
                place.line(),
                place.column(),
                code(error),
                text(error, "codeName"),
                detail(error),
                failure);
    }

    private static String exhausted(PolyglotException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("tatement")
                ? "the script was stopped: it ran more statements than the limit allows"
                : "the script was stopped: it used up the memory (" + message + ")";
    }

    /** A syntax error without its place, which is reported elsewhere. */
    static String syntaxError(PolyglotException failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return first.replaceFirst("^SyntaxError: .*:\\d+:\\d+ ", "");
    }

    private static String message(PolyglotException failure, @Nullable Value error) {
        if (failure.isSyntaxError()) {
            return "SyntaxError: " + syntaxError(failure);
        }
        String name = text(error, "name");
        String message = text(error, "message");
        if (name == null || message == null) {
            return String.valueOf(failure.getMessage());
        }
        return name + ": " + (message.startsWith("Proxy(") ? noFunction(failure, message) : message);
    }

    /** Null where the error is none of ours. */
    private static @Nullable String detail(@Nullable Value error) {
        return text(error, ShellErrors.DETAIL);
    }

    /** What {@code db.audits.nosuch()} is; the engine would print the collection's inside. */
    private static String noFunction(PolyglotException failure, String message) {
        SourceSection source = failure.getSourceLocation();
        String called = source == null ? "this" : source.getCharacters().toString();
        int open = called.indexOf('(');
        return message.endsWith("is not a function")
                ? (open < 0 ? called : called.substring(0, open)) + " is not a function"
                : message;
    }

    private static @Nullable Integer code(@Nullable Value error) {
        Value code = member(error, "code");
        return code != null && code.fitsInInt() ? code.asInt() : null;
    }

    static @Nullable String text(@Nullable Value error, String name) {
        Value value = member(error, name);
        return value != null && value.isString() ? value.asString() : null;
    }

    /** Null too where the script's own getter fails. */
    private static @Nullable Value member(@Nullable Value error, String name) {
        try {
            return error == null ? null : error.getMember(name);
        } catch (PolyglotException | UnsupportedOperationException e) {
            return null;
        }
    }
}
