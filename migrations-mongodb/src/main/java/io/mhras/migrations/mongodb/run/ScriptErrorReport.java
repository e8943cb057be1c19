package io.mhras.migrations.mongodb.run;

import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.journal.RunProgress;
import io.mhras.migrations.mongodb.shell.ScriptExcerpt;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.text.JavaMemory;

/** Reports where in a script an error is: file, line, column, the lines around it with a caret, why, and what stays. */
final class ScriptErrorReport {

    private ScriptErrorReport() {}

    /**
     * The error of a script that runs statement by statement.
     *
     * @param progress how far it came
     */
    static ScriptFailed of(MigrationScript script, ScriptFailure e, RunProgress progress) {
        return report(script, e, " failed; " + progress.kept(), progress.remedy());
    }

    /** The error of a script in a transaction. */
    static ScriptFailed ofTransaction(MigrationScript script, ScriptFailure e) {
        return report(
                script,
                e,
                " failed; nothing of it was kept.",
                "Correct the script and start again: it runs from its beginning.");
    }

    /** An error of ours, or of the JavaScript engine, that ends a script. */
    static ScriptFailed of(MigrationScript script, Error e, String kept) {
        return new ScriptFailed(
                script.name() + " stopped; " + kept + "\n  ERROR: " + e,
                SourceLocation.of(script.location()),
                null,
                e instanceof OutOfMemoryError ? JavaMemory.remedy() : "Report this error, with its stack trace.",
                e);
    }

    /** The error of a check. */
    static ScriptFailed ofVerify(CheckPart check, ScriptFailure e) {
        String which = check.name() == null ? ", the check, failed." : ", the check '" + check.name() + "', failed.";
        return report(check.script(), e, which, "Correct the migration or its check, and start again.");
    }

    /** Why it failed, without its place. */
    static String reason(ScriptFailure e) {
        return "ERROR: " + e.error() + code(e) + (e.detail() == null ? "" : "\n  Detail: " + e.detail());
    }

    private static ScriptFailed report(MigrationScript script, ScriptFailure e, String kept, String again) {
        SourceLocation place = new SourceLocation(script.location(), e.line(), e.column());
        Integer code = e.code();
        return new ScriptFailed(
                script.name() + kept + "\n  at " + place + "\n" + ScriptExcerpt.of(script, place) + "  " + reason(e),
                place,
                code == null ? null : code.toString(),
                ErrorRemedy.of(code, again),
                e);
    }

    private static String code(ScriptFailure e) {
        return e.code() == null ? "" : " (code " + e.code() + (e.codeName() == null ? "" : " " + e.codeName()) + ")";
    }
}
