package io.mhras.migrations.autoconfigure.mongodb;

import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;
import org.springframework.util.ClassUtils;

/** Makes Spring Data's MongoDB templates, and with them its repositories, wait for the migrations. */
final class MongoOperationsDependsOnMigrationsDetector
        extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        Set<Class<?>> types = new LinkedHashSet<>();
        add("org.springframework.data.mongodb.core.MongoOperations", types);
        add("org.springframework.data.mongodb.core.ReactiveMongoOperations", types);
        return types;
    }

    private static void add(String name, Set<Class<?>> types) {
        ClassLoader classLoader = MongoOperationsDependsOnMigrationsDetector.class.getClassLoader();
        if (ClassUtils.isPresent(name, classLoader)) {
            types.add(ClassUtils.resolveClassName(name, classLoader));
        }
    }
}
