package io.mhras.migrations.test.server;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.postgresql.UrlParameters;

/** Chooses the PostgreSQL server of the tests. */
public final class TestServers {

    private TestServers() {}

    /** The one that is set, else the embedded one of the class's build. */
    public static DatabaseServer postgres(Class<?> test) {
        ClassLoader classLoader = classLoaderOf(test);
        TestSettings settings = TestSettings.read(classLoader);
        if (settings.url() != null) {
            return of(settings);
        }
        if (settings.image() != null) {
            requireTestcontainers(classLoader);
            return ContainerServer.of(settings.image());
        }
        return EmbeddedServer.of(test, settings, classLoader);
    }

    private static DatabaseServer of(TestSettings settings) {
        String url = String.valueOf(settings.url());
        if (DatabaseKind.ofUrl(url).orElse(null) != DatabaseKind.POSTGRESQL) {
            throw new Refused(
                    "The setting '" + TestSettings.PREFIX + "url' is no URL of PostgreSQL.",
                    "Write it like jdbc:postgresql://host:5432/postgres.");
        }
        return new DatabaseServer(UrlParameters.translated(url), settings.username(), settings.password(), false);
    }

    private static void requireTestcontainers(ClassLoader classLoader) {
        if (classLoader.getResource("org/testcontainers/postgresql/PostgreSQLContainer.class") == null) {
            throw new Refused(
                    "The setting '" + TestSettings.PREFIX
                            + "image' needs Testcontainers, which is not on the class path.",
                    "Add the test dependency org.testcontainers:testcontainers-postgresql.");
        }
    }

    private static ClassLoader classLoaderOf(Class<?> test) {
        ClassLoader own = test.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }
}
