package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.text.SettingNames;

/** Names settings as properties: for messages of the engine, which knows their keys only. */
public final class PropertyNames implements SettingNames {

    @Override
    public String nameOf(String key) {
        return "mhras.migrations." + key;
    }
}
