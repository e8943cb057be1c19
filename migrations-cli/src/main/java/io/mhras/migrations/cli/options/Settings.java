package io.mhras.migrations.cli.options;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.text.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the environment and a properties file set where the command line sets nothing; the environment wins. */
public final class Settings {

    /** The file that is read if it is there. */
    public static final String FILE = "migrations.properties";

    private static final String PREFIX = "mhras.migrations.";
    private static final String PLACEHOLDERS = "placeholders.";

    // Further databases of a service. A command works with one, which it is told with --url.
    private static final String DATABASES = "databases.";
    private static final List<String> KEYS = List.of(
            "locations",
            "target",
            "out-of-order",
            "undeclared-placeholders",
            "clean-enabled",
            "adopt",
            "connect-timeout",
            "schema.include",
            "schema.exclude");

    // A service's own file may be given. These settings control its start.
    private static final Set<String> KEYS_OF_A_START = Set.of("enabled", "mode", "wait-timeout", "on-shutdown");
    private static final Pattern OF_A_SERVICE = Pattern.compile("(spring|server|management|logging|info)\\..*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}:]+)(?::([^{}]*))?}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB|)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|)", Pattern.CASE_INSENSITIVE);

    /** Nothing is set. */
    public static final Settings NONE = new Settings(Map.of(), "", Map.of());

    private final Map<String, String> environment;
    private final String file;
    private final Map<String, String> inFile;

    private Settings(Map<String, String> environment, String file, Map<String, String> inFile) {
        this.environment = environment;
        this.file = file;
        this.inFile = inFile;
    }

    /**
     * Reads the file.
     *
     * @param given the file that was asked for; null for {@value #FILE} in the working folder, if it is there
     * @param keysOfKinds what can be set of each kind of database
     * @throws InvalidSettingException if it cannot be read, or has a key that means nothing
     */
    public static Settings read(Map<String, String> environment, @Nullable Path given, Set<String> keysOfKinds) {
        Path path = given == null ? Path.of(FILE) : given;
        if (given == null && !Files.exists(path)) {
            return new Settings(environment, "", Map.of());
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The settings in " + path + " cannot be read: " + e.getMessage(),
                    "Correct the file, or name another one with --config.");
        }
        Set<String> keys = new TreeSet<>(KEYS);
        keys.addAll(keysOfKinds);
        Map<String, String> values = new HashMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!OF_A_SERVICE.matcher(key).matches()) {
                values.put(known(key, keys, path), expanded(properties.getProperty(key), environment));
            }
        }
        return new Settings(environment, path.toString(), values);
    }

    private static String known(String key, Set<String> keys, Path path) {
        String own = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
        if (keys.contains(own)
                || KEYS_OF_A_START.contains(own)
                || own.startsWith(PLACEHOLDERS)
                || own.startsWith(DATABASES)) {
            return own;
        }
        // Services may also write lockTimeout or lock_timeout, and people forget the prefix.
        String meant = (own.isEmpty() ? key.replaceFirst("^mhras\\.[^.]*\\.", "") : own)
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        List<String> near = Nearest.to(meant, keys);
        throw new InvalidSettingException(
                path + ": there is no setting '" + key + "'.",
                near.isEmpty()
                        ? "The settings are " + PREFIX + String.join(", .", keys) + " and ." + PLACEHOLDERS + "<name>."
                        : "Did you mean " + PREFIX + String.join(" or " + PREFIX, near) + "?");
    }

    /** {@code ${DB_PASSWORD}} and {@code ${DB_HOST:localhost}}, as services write it. */
    private static String expanded(String value, Map<String, String> environment) {
        return VARIABLE.matcher(value.strip()).replaceAll(variable -> {
            String usual = variable.group(2) == null ? variable.group() : variable.group(2);
            return Matcher.quoteReplacement(environment.getOrDefault(variable.group(1), usual));
        });
    }

    /** The value, be it in the environment or in the file; null if in neither. */
    public @Nullable String get(String key) {
        String value = inEnvironment(key);
        return value == null ? inFile(key) : value;
    }

    /** Up to where this kind of database is to be brought. */
    public String target(String database) {
        String own = get(database + ".target");
        return Objects.requireNonNullElse(own == null ? get("target") : own, "head");
    }

    /** As services take it from the environment: {@code MHRAS_MIGRATIONS_POSTGRESQL_LOCKTIMEOUT}. */
    public @Nullable String inEnvironment(String key) {
        String value = environment.get(variable(key));
        return value == null || value.isBlank() ? null : value.strip();
    }

    public @Nullable String inFile(String key) {
        String value = inFile.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A time: from the command line, else what is set, else the default. */
    public Duration time(@Nullable Duration given, String key, Duration usual) {
        return given == null ? time(key, usual, Duration.ZERO) : given;
    }

    /** A time that is set; the usual one if none is. */
    public Duration time(String key, Duration usual, Duration least) {
        String value = get(key);
        if (value == null) {
            return usual;
        }
        try {
            Duration time = time(value);
            if (time.compareTo(least) < 0) {
                throw invalid(key, value, "The least is " + least.toSeconds() + "s.");
            }
            return time;
        } catch (IllegalArgumentException e) {
            throw invalid(key, value, "Write a time, for example 500ms, 5s or 2m.");
        }
    }

    /** A number that is set; the usual one if none is. */
    public long count(String key, long usual) {
        String value = get(key);
        if (value != null && !value.matches("\\d{1,18}")) {
            throw invalid(key, value, "Write a number, or 0 for no limit.");
        }
        return value == null ? usual : Long.parseLong(value);
    }

    /** A number of bytes that is set, as services write it: {@code 512MB}; the usual one if none is. */
    public long size(String key, long usual) {
        String value = get(key);
        if (value == null) {
            return usual;
        }
        Matcher size = SIZE.matcher(value);
        if (!size.matches()) {
            throw invalid(key, value, "Write a size, for example 256MB or 1GB; 0 for no limit.");
        }
        long number = Long.parseLong(size.group(1));
        return switch (size.group(2).toUpperCase(Locale.ROOT)) {
            case "KB" -> number << 10;
            case "MB" -> number << 20;
            case "GB" -> number << 30;
            default -> number;
        };
    }

    /** What to do with late files. */
    public OutOfOrder outOfOrder() {
        String value = Objects.requireNonNullElse(get("out-of-order"), "fail");
        try {
            return OutOfOrder.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("out-of-order", value, "Write fail or apply.");
        }
    }

    /**
     * What another tool's history means where ours is empty.
     *
     * @param given on the command line; null if nothing is
     */
    public Adopt adopt(@Nullable String given) {
        try {
            return Adopt.parse(given == null ? get("adopt") : given);
        } catch (Refused e) {
            throw new InvalidSettingException(e.problem(), e.remedy());
        }
    }

    /** What to do about placeholders without a value. */
    public UndeclaredPlaceholders undeclaredPlaceholders() {
        String value = Objects.requireNonNullElse(get("undeclared-placeholders"), "warn");
        try {
            return UndeclaredPlaceholders.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("undeclared-placeholders", value, "Write warn, error or ignore.");
        }
    }

    /** Whether it is allowed to drop everything: at the command line it is, unless this forbids it. */
    public boolean cleanEnabled() {
        String value = Objects.requireNonNullElse(get("clean-enabled"), "true");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("clean-enabled", value, "Write true or false.");
        };
    }

    /** What is set as a list with commas; empty if nothing is. */
    public List<String> list(String key) {
        String value = get(key);
        return value == null
                ? List.of()
                : Pattern.compile(",")
                        .splitAsStream(value)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }

    /** The value of each {@code ${name}}. */
    public Map<String, String> placeholders() {
        Map<String, String> found = new TreeMap<>();
        inFile.forEach((key, value) -> {
            if (key.startsWith(PLACEHOLDERS)) {
                found.put(key.substring(PLACEHOLDERS.length()), value);
            }
        });
        return found;
    }

    /** The first that is not blank; null if there is none. */
    public static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private InvalidSettingException invalid(String key, String value, String remedy) {
        String source = inEnvironment(key) == null ? file + ": " + PREFIX + key : "The environment's " + variable(key);
        return new InvalidSettingException(source + " cannot be '" + value + "'.", remedy);
    }

    private static String variable(String key) {
        return (PREFIX + key).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Reads {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 5} (seconds) or {@code PT5S}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Duration time(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            try {
                return Duration.parse(text.strip());
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a time", e);
            }
        }
        long number = Long.parseLong(amount.group(1));
        return switch (amount.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
