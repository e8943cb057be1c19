package io.mhras.migrations.mongodb.run;

import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.journal.RunProgress;
import io.mhras.migrations.mongodb.server.MissingRight;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.shell.ScriptExcerpt;
import io.mhras.migrations.mongodb.shell.ScriptFailure;
import io.mhras.migrations.text.SettingNames;
import org.jspecify.annotations.Nullable;

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
                remedy(code, again),
                e);
    }

    private static String code(ScriptFailure e) {
        return e.code() == null ? "" : " (code " + e.code() + (e.codeName() == null ? "" : " " + e.codeName()) + ")";
    }

    private static String remedy(@Nullable Integer code, String again) {
        return switch (code == null ? 0 : code) {
            case MongoErrors.NAMESPACE_EXISTS, 85, 86 ->
                "It exists already. If the database has all that this file makes, mark it as applied with 'stamp'."
                        + " Else: "
                        + again;
            case MongoErrors.NOT_AUTHORIZED ->
                "As an administrator: db.grantRolesToUser(\"<user>\", [\"dbAdmin\", \"readWrite\"]); or let another"
                        + " user run the migrations (the connection string of "
                        + SettingNames.quoted("mongodb") + "). Then start again.";
            case MongoErrors.ATLAS ->
                "In Atlas, under Database Access, give the user the roles readWrite and dbAdmin on this database; some"
                        + " commands the small clusters do not have at all. Then start again.";
            case MissingRight.NOT_IN_STABLE_API ->
                "The client asks for the Stable API alone (apiStrict). Give the migrations a connection of their own,"
                        + " which does not (setting " + SettingNames.quoted("mongodb.uri") + "), and start again.";
            case MongoErrors.REFUSED_IN_TRANSACTION ->
                "Take '// migrate:transaction file' out of the header, or move this into a file of its own.";
            default -> again;
        };
    }
}
