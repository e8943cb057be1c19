package io.mhras.migrations.test.spring;

import io.mhras.migrations.test.TestClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Sees whether a test class asks for a migrated database. */
final class MigratedDatabaseContextCustomizerFactory implements ContextCustomizerFactory {

    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        TestClass test = TestClass.of(testClass);
        return test.requests().isEmpty()
                ? null
                : new MigratedDatabaseContextCustomizer(
                        test.type(), test.requests(), isParallel(testClass) ? test.type() : null);
    }

    /** Classes that run at the same time cannot take turns with the database of one context. */
    private static boolean isParallel(Class<?> testClass) {
        String set = System.getProperty(PARALLEL);
        if (set != null) {
            return Boolean.parseBoolean(set);
        }
        Properties file = new Properties();
        ClassLoader classLoader = testClass.getClassLoader();
        try (InputStream in =
                classLoader == null ? null : classLoader.getResourceAsStream("junit-platform.properties")) {
            if (in != null) {
                file.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Boolean.parseBoolean(file.getProperty(PARALLEL));
    }
}
