package io.mhras.migrations.autoconfigure.check;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.text.Nearest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * Refuses a setting that does not exist, and a value that may not be what was written.
 *
 * <p>YAML makes numbers of {@code +1}, {@code 1.10} and {@code 020}, which are 1, 1.1 and 16 from then on, and true or
 * false of {@code on} and {@code no}. A time without a unit means other things to other tools.
 */
public final class WrittenSettings {

    private final ConfigurationPropertyName prefix;
    private final Class<?> type;
    private final Environment environment;

    private WrittenSettings(String prefix, Class<?> type, Environment environment) {
        this.prefix = ConfigurationPropertyName.of(prefix);
        this.type = type;
        this.environment = environment;
    }

    /**
     * Looks at all that is set below a prefix.
     *
     * @param type the record that has the settings
     * @throws MigrationException.Refused at the first that has to be corrected
     */
    public static void check(String prefix, Class<?> type, Environment environment) {
        new WrittenSettings(prefix, type, environment).check();
    }

    private void check() {
        Set<ConfigurationPropertyName> seen = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource settings) {
                for (ConfigurationPropertyName name : settings) {
                    // What an earlier source sets is what counts.
                    if (prefix.isAncestorOf(name) && seen.add(name)) {
                        check(name, settings);
                    }
                }
            }
        }
    }

    private void check(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property == null) {
            return;
        }
        Class<?> leaf = SettingTypes.of(name, prefix.getNumberOfElements(), type);
        if (leaf != null) {
            check(property, leaf);
        } else if (!isEnvironment(source)) {
            throw unknown(property);
        }
    }

    /** Variables are for other programs, too, and cannot be told from each other by their dots. */
    private static boolean isEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables
                && variables.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private void check(ConfigurationProperty property, Class<?> leaf) {
        Object value = property.getValue();
        if (leaf == String.class && value instanceof Number) {
            throw new MigrationException.Refused(
                    property.getName() + where(property) + " is written as a number, and arrives as "
                            + shown(property, value)
                            + ": +1 arrives as 1, 1.10 as 1.1, 020 as 16, and 20251030_1530 as 202510301530.",
                    "Quote it, so that it is read as it is written: \"...\".");
        }
        if (leaf == String.class && value instanceof Boolean) {
            throw new MigrationException.Refused(
                    property.getName() + where(property) + " arrives as " + value
                            + ": YAML reads on, off, yes and no so.",
                    "Quote it, so that it is read as it is written: \"...\".");
        }
        if ((leaf == Duration.class || leaf == DataSize.class) && isWithoutUnit(value)) {
            throw new MigrationException.Refused(
                    property.getName() + where(property) + " is " + value + ", without a unit.",
                    "Write the unit: "
                            + (leaf == Duration.class
                                    ? value + "s for seconds, " + value + "ms for milliseconds."
                                    : value + "MB for megabytes."));
        }
    }

    private boolean isWithoutUnit(Object value) {
        String text = value instanceof String written ? environment.resolvePlaceholders(written) : value.toString();
        return text.strip().matches("[+-]?\\d+(\\.\\d+)?") && !text.strip().matches("[+-]?0+(\\.0+)?");
    }

    private static String shown(ConfigurationProperty property, Object value) {
        return property.getName()
                        .getLastElement(ConfigurationPropertyName.Form.UNIFORM)
                        .equals("password")
                ? "another text"
                : value.toString();
    }

    private static String where(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private MigrationException unknown(ConfigurationProperty property) {
        String written = property.getName().toString();
        List<String> known = SettingTypes.names(property.getName(), prefix, type);
        List<String> near = nearest(written, known);
        return new MigrationException.Refused(
                "There is no setting '" + written + "'" + where(property) + ".",
                near.isEmpty()
                        ? "The settings are " + String.join(", ", known) + "."
                        : "Did you mean " + String.join(" or ", near) + "?");
    }

    /** Or those of the same name that are a level higher or lower than it was written. */
    private List<String> nearest(String written, List<String> known) {
        String last = lastOf(written);
        List<String> elsewhere =
                known.stream().filter(name -> last.equals(lastOf(name))).toList();
        if (!elsewhere.isEmpty()) {
            return elsewhere;
        }
        String above = prefix + ".";
        List<String> names =
                known.stream().map(name -> name.substring(above.length())).toList();
        return Nearest.to(written.substring(above.length()), names).stream()
                .limit(1)
                .map(above::concat)
                .toList();
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
