package io.mhras.migrations.test.jpa;

import io.mhras.migrations.test.JpaSchema;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/** Sees whether a test class asks for its entities. */
final class JpaSchemaContextCustomizerFactory implements ContextCustomizerFactory {

    private static final String HIBERNATE = "org.hibernate.integrator.spi.Integrator";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return asks(testClass) && ClassUtils.isPresent(HIBERNATE, testClass.getClassLoader())
                ? new JpaSchemaContextCustomizer()
                : null;
    }

    private static boolean asks(@Nullable Class<?> testClass) {
        return testClass != null
                && testClass != Object.class
                && (Stream.<Executable>concat(
                                        Stream.of(testClass.getDeclaredMethods()),
                                        Stream.of(testClass.getDeclaredConstructors()))
                                .anyMatch(
                                        one -> List.of(one.getParameterTypes()).contains(JpaSchema.class))
                        || asks(testClass.getSuperclass())
                        || asks(testClass.getEnclosingClass()));
    }
}
