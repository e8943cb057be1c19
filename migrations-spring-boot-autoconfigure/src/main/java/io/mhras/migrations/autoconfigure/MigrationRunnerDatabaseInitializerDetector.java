package io.mhras.migrations.autoconfigure;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Makes whatever needs a database wait for the {@link MigrationRunner}. */
final class MigrationRunnerDatabaseInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(MigrationRunner.class);
    }

    /** Before other tools, so that one on the same database can be refused before either runs. */
    @Override
    public int getOrder() {
        return -1;
    }
}
