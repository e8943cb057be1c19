package io.mhras.migrations.test.spring;

import io.mhras.migrations.test.DatabaseRequest;
import io.mhras.migrations.test.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Makes the databases of a context before it is refreshed, and lets its settings lead there.
 *
 * <p>Two test classes share a context if all else is the same and their annotations say the same.
 */
final class MigratedDatabaseContextCustomizer implements ContextCustomizer {

    private final Class<?> test;
    private final List<DatabaseRequest> requests;
    private final @Nullable Class<?> owner;

    /**
     * A customizer.
     *
     * @param owner the only class that may use the context; null for any
     */
    MigratedDatabaseContextCustomizer(Class<?> test, List<DatabaseRequest> requests, @Nullable Class<?> owner) {
        this.test = test;
        this.requests = requests.stream().map(DatabaseRequest::forContext).toList();
        this.owner = owner;
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.test.database.replace", "NONE");
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        for (DatabaseRequest request : requests) {
            new Preparation(test, request, context.getEnvironment(), beans, properties).prepare();
        }
        MapPropertySource source = new MapPropertySource("migratedDatabase", properties);
        context.getEnvironment().getPropertySources().addFirst(source);
        context.addBeanFactoryPostProcessor(new Precedence(source, context.getEnvironment(), hasMain(beans)));
    }

    private static boolean hasMain(DefaultListableBeanFactory beans) {
        return ClassUtils.isPresent(Preparation.JDBC_DETAILS, beans.getBeanClassLoader())
                && beans.containsBean(Preparation.beanName(TestDatabase.class, ""));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MigratedDatabaseContextCustomizer that
                && requests.equals(that.requests)
                && Objects.equals(owner, that.owner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(requests, owner);
    }

    @Override
    public String toString() {
        return "MigratedDatabase" + requests;
    }
}
