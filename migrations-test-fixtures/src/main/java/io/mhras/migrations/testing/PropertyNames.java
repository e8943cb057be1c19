package io.mhras.migrations.testing;

import io.mhras.migrations.text.SettingNames;

/** Messages in the tests of modules without a front end name settings as Spring Boot's properties. */
public final class PropertyNames implements SettingNames {

    @Override
    public String nameOf(String key) {
        return "mhras.migrations." + key;
    }
}
