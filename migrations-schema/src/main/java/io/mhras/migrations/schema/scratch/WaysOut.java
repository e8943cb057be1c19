package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.SettingNames;

/** What to do where the real database's server cannot have a scratch database. */
final class WaysOut {

    private WaysOut() {}

    static Refused refusal(String problem) {
        return new Refused(problem + " Nothing was made.", inWords());
    }

    /** All three of them. */
    static String inWords() {
        return "Name another PostgreSQL server with " + SettingNames.quoted("scratch.on")
                + "; or let one be started for this with " + SettingNames.quoted("scratch.embedded")
                + "; or name an empty database that this user may fill with " + SettingNames.quoted("scratch.into")
                + ".";
    }
}
