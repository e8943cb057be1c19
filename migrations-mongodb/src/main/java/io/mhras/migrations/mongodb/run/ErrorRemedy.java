package io.mhras.migrations.mongodb.run;

import io.mhras.migrations.mongodb.server.MissingRight;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.text.SettingNames;
import org.jspecify.annotations.Nullable;

/** What to do about an error of the server, by its code. */
final class ErrorRemedy {

    private ErrorRemedy() {}

    /**
     * The remedy.
     *
     * @param code the server's; null if it gave none
     * @param again what else to do
     */
    static String of(@Nullable Integer code, String again) {
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
