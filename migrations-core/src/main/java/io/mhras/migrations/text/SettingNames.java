package io.mhras.migrations.text;

import java.util.ServiceLoader;

/**
 * How a front end spells the settings that messages name by their keys.
 *
 * <p>A front end is a service provider of this, in the jar that it comes in: messages are written where no front end is
 * known, and each front end knows what its own users have to type.
 */
public interface SettingNames {

    /** What users write, for example {@code mhras.migrations.postgresql.schema} for {@code postgresql.schema}. */
    String nameOf(String key);

    /** The setting of this key in quotes, as the active front end spells it; its key if there is none. */
    static String quoted(String key) {
        return "'"
                + ServiceLoader.load(SettingNames.class, SettingNames.class.getClassLoader())
                        .findFirst()
                        .map(names -> names.nameOf(key))
                        .orElse(key)
                + "'";
    }
}
