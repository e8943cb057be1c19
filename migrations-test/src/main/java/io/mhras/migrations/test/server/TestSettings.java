package io.mhras.migrations.test.server;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the databases of tests are made.
 *
 * <p>Each setting is a system property {@code mhras.test.<key>}, else an environment variable {@code
 * MHRAS_TEST_<KEY>}, else a line {@code <key>=...} of the file {@code migrations-test.properties} at the root of
 * the class path.
 *
 * @param url of a PostgreSQL server, with any of its databases; null for another one
 * @param username of that server; null if the URL has it
 * @param password of that server; null if the URL has it, or for none
 * @param image of a PostgreSQL container; null for another server
 * @param folder in which the embedded server is kept; null for the build's
 * @param serverDir with {@code bin/postgres} in it, to be the embedded server; null for the one of the class path
 * @param port of the embedded server; 0 for any that is free
 * @param mongodbUrl of a MongoDB server; null for the double
 * @param updatesSnapshot whether {@code matchSnapshot()} writes the file instead of comparing with it
 */
public record TestSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String image,
        @Nullable String folder,
        @Nullable String serverDir,
        int port,
        @Nullable String mongodbUrl,
        boolean updatesSnapshot) {

    static final String PREFIX = "mhras.test.";
    static final String FILE = "migrations-test.properties";

    private static final TreeSet<String> KEYS = new TreeSet<>(List.of(
            "url", "username", "password", "image", "folder", "server-dir", "port", "mongodb-url", "update-snapshot"));

    public TestSettings {
        if (url != null && image != null) {
            throw new Refused(
                    "The settings '" + PREFIX + "url' and '" + PREFIX
                            + "image' contradict each other: each names the server"
                            + " on which the databases of tests are made.",
                    "Take one of them away.");
        }
    }

    /** What is set. */
    public static TestSettings read(ClassLoader classLoader) {
        return of(System::getProperty, System.getenv(), file(classLoader));
    }

    static TestSettings of(
            UnaryOperator<@Nullable String> properties, Map<String, String> environment, Properties file) {
        for (String key : file.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new Refused(
                        "The file " + FILE + " has '" + key + "', and there is no such setting.",
                        Nearest.to(key, KEYS).stream()
                                .findFirst()
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("There are: " + String.join(", ", KEYS) + "."));
            }
        }
        UnaryOperator<@Nullable String> text = key -> {
            String property = properties.apply(PREFIX + key);
            String variable = environment.get(
                    (PREFIX + key).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
            String found = property != null ? property : variable != null ? variable : file.getProperty(key);
            return found == null || found.isBlank() ? null : found.strip();
        };
        return new TestSettings(
                text.apply("url"),
                text.apply("username"),
                text.apply("password"),
                text.apply("image"),
                text.apply("folder"),
                text.apply("server-dir"),
                port(text.apply("port")),
                text.apply("mongodb-url"),
                Boolean.parseBoolean(text.apply("update-snapshot")));
    }

    private static int port(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new Refused("The setting '" + PREFIX + "port' is '" + text + "'.", "Write a number up to 65535.");
        }
        return Integer.parseInt(text);
    }

    private static Properties file(ClassLoader classLoader) {
        Properties file = new Properties();
        try (InputStream in = classLoader.getResourceAsStream(FILE)) {
            if (in != null) {
                file.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + FILE + " cannot be read", e);
        }
        return file;
    }

    /** Without what can be secret. */
    @Override
    public String toString() {
        return "TestSettings[image=" + image + ", folder=" + folder + ", serverDir=" + serverDir + ", port=" + port
                + "]";
    }
}
