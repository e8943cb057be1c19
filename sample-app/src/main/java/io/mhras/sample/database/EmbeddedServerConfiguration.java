package io.mhras.sample.database;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Starts servers for trying out where no database is configured. */
@Configuration(proxyBeanMethods = false)
class EmbeddedServerConfiguration {

    @Bean
    @Conditional(NoPostgresConfigured.class)
    EmbeddedServer embeddedServer() {
        return EmbeddedServer.start();
    }

    /** Of the five systems only this one has a MongoDB database. */
    @Bean
    @Profile("compliance")
    @Conditional(NoMongoConfigured.class)
    EmbeddedMongo embeddedMongo() {
        return EmbeddedMongo.start();
    }

    static final class NoPostgresConfigured extends NothingConfigured {
        NoPostgresConfigured() {
            super("spring.datasource.url");
        }
    }

    static final class NoMongoConfigured extends NothingConfigured {
        NoMongoConfigured() {
            super("spring.mongodb.uri");
        }
    }

    /** Matches without the setting; an empty one is none. */
    private abstract static class NothingConfigured extends SpringBootCondition {

        private final String setting;

        NothingConfigured(String setting) {
            this.setting = setting;
        }

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean configured = StringUtils.hasText(context.getEnvironment().getProperty(setting));
            return new ConditionOutcome(
                    !configured,
                    ConditionMessage.forCondition("No database configured")
                            .because(setting + " is " + (configured ? "set" : "not set")));
        }
    }
}
