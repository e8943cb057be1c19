package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.autoconfigure.MigrationConnectionDetails;
import io.mhras.migrations.autoconfigure.NamedDatabaseCondition;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Conditional;

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

    @Conditional(NamedDatabaseCondition.class)
    static final class OnNamed {}
}
