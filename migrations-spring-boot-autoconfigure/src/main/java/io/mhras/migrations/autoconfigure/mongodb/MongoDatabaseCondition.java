package io.mhras.migrations.autoconfigure.mongodb;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.autoconfigure.NamedDatabaseCondition;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;

/** Matches when there is any way to reach a MongoDB database. */
final class MongoDatabaseCondition extends AnyNestedCondition {

    MongoDatabaseCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(MongoClient.class)
    static final class OnMongoClient {}

    @ConditionalOnProperty("mhras.migrations.mongodb.uri")
    static final class OnUri {}

    @Conditional(NamedDatabaseCondition.class)
    static final class OnDatabases {}
}
