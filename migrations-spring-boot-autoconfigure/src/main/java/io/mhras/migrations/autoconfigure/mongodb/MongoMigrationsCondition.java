package io.mhras.migrations.autoconfigure.mongodb;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.source.MigrationLoader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when there are {@code .js} migrations, or a database for them has a name: a service that has MongoDB for other things is left alone. */
final class MongoMigrationsCondition extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("MongoDB migrations");
        if (hasMainFiles(context.getEnvironment(), Objects.requireNonNull(context.getClassLoader()))) {
            return ConditionOutcome.match(message.foundExactly("files with the ending .js"));
        }
        return NamedDatabases.in(context.getEnvironment()).entrySet().stream()
                        .anyMatch(named -> named.getValue().kind(named.getKey()) == DatabaseKind.MONGODB)
                ? ConditionOutcome.match(message.foundExactly("a database of this kind"))
                : ConditionOutcome.noMatch(message.because("no file ends in .js"));
    }

    /** Whether there are files for the database named after its kind. */
    static boolean hasMainFiles(Environment environment, ClassLoader classLoader) {
        List<String> locations = Binder.get(environment)
                .bind("mhras.migrations.locations", Bindable.listOf(String.class))
                .orElse(List.of(MigrationsProperties.DEFAULT_LOCATION));
        return hasFiles(locations, classLoader);
    }

    /** Loading the files reports what is wrong with the locations. */
    private static boolean hasFiles(List<String> locations, ClassLoader classLoader) {
        try {
            return new MigrationLoader(locations, DatabaseKind.MONGODB, Map.of(), classLoader).hasFiles();
        } catch (MigrationException e) {
            return false;
        }
    }
}
