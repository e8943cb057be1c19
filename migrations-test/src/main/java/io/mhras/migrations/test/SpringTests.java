package io.mhras.migrations.test;

import io.mhras.migrations.MigrationException.Refused;
import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Asks Spring for the databases of a test, where it is one of Spring's; everything else works without Spring Test. */
final class SpringTests {

    private static final boolean PRESENT = isPresent("org.springframework.test.context.junit.jupiter.SpringExtension");

    private SpringTests() {}

    /** The context of the test; empty if it has none. */
    static Optional<ApplicationContext> context(ExtensionContext context) {
        return PRESENT && OfSpring.isSpring(context.getRequiredTestClass())
                ? Optional.of(OfSpring.context(context))
                : Optional.empty();
    }

    /** The one of this name; any name will do if there is one only. */
    static <T> T named(ApplicationContext context, Class<T> type, Function<T, String> nameOf, String name) {
        return DatabaseRequest.choose(context.getBeanProvider(type).stream().toList(), nameOf, name);
    }

    /**
     * What knows the entities of the test's context.
     *
     * @throws Refused if there is no context, or no Hibernate
     */
    static EntitySource entities(ExtensionContext context) {
        return context(context)
                .map(spring -> spring.getBeanProvider(EntitySource.class).getIfAvailable())
                .orElseThrow(() -> new Refused(
                        "The test asks for a JpaSchema, and there are no entities of Hibernate in a Spring context.",
                        "Write @JpaMigrationTest at the class, or @SpringBootTest and @MigratedDatabase; Hibernate and"
                                + " spring-boot-starter-data-jpa-test have to be on the class path."));
    }

    /** An annotation that need not be on the class path; one that no parameter has if it is not. */
    static Class<? extends Annotation> annotation(String name) {
        try {
            return Class.forName(name).asSubclass(Annotation.class);
        } catch (ClassNotFoundException e) {
            return Documented.class;
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, SpringTests.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Loaded with Spring Test only. */
    private static final class OfSpring {

        static boolean isSpring(Class<?> test) {
            return TestContextAnnotationUtils.hasAnnotation(test, BootstrapWith.class)
                    || TestContextAnnotationUtils.hasAnnotation(test, ContextConfiguration.class);
        }

        static ApplicationContext context(ExtensionContext context) {
            return SpringExtension.getApplicationContext(context);
        }
    }
}
