package io.mhras.migrations.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Explains why a bean that takes part in the migrations cannot have a bean that waits for them. */
@Order(0)
final class MigrationCycleFailureAnalyzer extends AbstractFailureAnalyzer<BeanCurrentlyInCreationException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCurrentlyInCreationException cause) {
        Set<String> cycle = beansOnTheWay(rootFailure);
        if (!cycle.contains(MigrationsAutoConfiguration.RUNNER)) {
            return null;
        }
        return new FailureAnalysis(
                "A bean that takes part in the migrations needs the database, and whatever needs the database waits"
                        + " for the migrations: " + String.join(" -> ", cycle) + ".",
                "A MigrationListener, MigratorCustomizer or Migrator bean must not inject a JdbcTemplate, a repository"
                        + " or an EntityManager. Inject an ObjectProvider of it and ask that when the migrations are done;"
                        + " or inject the DataSource, which does not wait.",
                cause);
    }

    private static Set<String> beansOnTheWay(Throwable rootFailure) {
        Set<String> names = new LinkedHashSet<>();
        for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
            if (failure instanceof BeanCreationException creation && creation.getBeanName() != null) {
                names.add(creation.getBeanName());
            }
        }
        return names;
    }
}
