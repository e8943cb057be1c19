package io.mhras.migrations;

/**
 * Where a script would end in an error.
 *
 * @param location the place in the file
 * @param reason why
 * @param isSure false if it may be due to the dry run: the script depends on data that is not written yet
 */
public record ScriptStop(SourceLocation location, String reason, boolean isSure) {

    /** Where this error ends the script. */
    public static ScriptStop of(MigrationException e, MigrationScript script, boolean isSure) {
        SourceLocation place = e.location();
        return place == null
                ? new ScriptStop(SourceLocation.of(script.location()), e.problem(), isSure)
                : new ScriptStop(place, e.problem().replace(place + ": ", ""), isSure);
    }
}
