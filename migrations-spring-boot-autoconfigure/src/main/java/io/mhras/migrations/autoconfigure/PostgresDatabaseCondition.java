package io.mhras.migrations.autoconfigure;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when there is any way to reach a database by JDBC. */
final class PostgresDatabaseCondition extends AnyNestedCondition {

    PostgresDatabaseCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(DataSource.class)
    static final class OnDataSource {}

    @ConditionalOnBean(JdbcConnectionDetails.class)
    static final class OnJdbcConnectionDetails {}

    @ConditionalOnBean(MigrationConnectionDetails.class)
    static final class OnMigrationConnectionDetails {}

    @ConditionalOnProperty("mhras.migrations.postgresql.url")
    static final class OnUrl {}

    @Conditional(OnNamedDatabase.class)
    static final class OnNamed {}

    /** Some of those may be of another kind; the factory for this kind then has nothing to do. */
    static final class OnNamedDatabase extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return new ConditionOutcome(
                    !NamedDatabases.in(context.getEnvironment()).isEmpty(), "named databases");
        }
    }
}
