package io.mhras.migrations.cli.options;

import io.mhras.migrations.SettingNames;

/** Names settings as {@code migrations.properties} has them: for messages of the engine, which knows their keys only. */
public final class PropertyNames implements SettingNames {

    @Override
    public String nameOf(String key) {
        return "mhras.migrations." + key;
    }
}
