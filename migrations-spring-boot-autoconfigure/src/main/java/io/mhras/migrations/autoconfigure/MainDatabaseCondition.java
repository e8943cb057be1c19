package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if there is to be a migrator of the database named after its kind: if the service names no database of that
 * kind otherwise, or if it has settings for this one.
 *
 * <p>A {@link Migrator} bean of the service's does not tell its kind before it is made. Where there is one, it is
 * therefore left to {@link Migrators} whether this one is needed, too.
 */
public abstract class MainDatabaseCondition extends SpringBootCondition implements ConfigurationCondition {

    private final DatabaseKind kind;

    protected MainDatabaseCondition(DatabaseKind kind) {
        this.kind = kind;
    }

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Database named " + kind);
        Environment environment = context.getEnvironment();
        List<String> own = NamedDatabases.ownMigrators(
                Objects.requireNonNull(context.getBeanFactory(), "There are bean definitions"), environment);
        if (!own.isEmpty()) {
            return ConditionOutcome.noMatch(message.found("bean").items(own));
        }
        if (!isWanted(kind, environment)) {
            return ConditionOutcome.noMatch(message.because("others are below mhras.migrations.databases"));
        }
        return hasFiles(environment, Objects.requireNonNull(context.getClassLoader()))
                ? ConditionOutcome.match(message.because("no other is named"))
                : ConditionOutcome.noMatch(message.because("there are no files for it"));
    }

    /** Whether there is anything for this database to do, where one without files is left alone. */
    protected boolean hasFiles(Environment environment, ClassLoader classLoader) {
        return true;
    }

    static boolean isWanted(DatabaseKind kind, ConfigurableListableBeanFactory beanFactory) {
        return isWanted(kind, beanFactory.getBean(Environment.class));
    }

    private static boolean isWanted(DatabaseKind kind, Environment environment) {
        return NamedDatabases.in(environment).entrySet().stream()
                        .noneMatch(named -> named.getValue().kind(named.getKey()) == kind)
                || (!NamedDatabases.in(environment).containsKey(kind.toString()) && isSet(kind, environment));
    }

    private static boolean isSet(DatabaseKind kind, Environment environment) {
        Binder binder = Binder.get(environment);
        return binder.bind(MigrationsProperties.PREFIX + ".locations", Bindable.listOf(String.class))
                        .isBound()
                || binder.bind(MigrationsProperties.PREFIX + "." + kind, Bindable.mapOf(String.class, Object.class))
                        .isBound();
    }
}
