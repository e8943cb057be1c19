package io.mhras.sample.database;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Starts an {@link EmbeddedServer} where no database is configured. */
@Configuration(proxyBeanMethods = false)
class EmbeddedServerConfiguration {

    @Bean
    @Conditional(NoDatabaseConfigured.class)
    EmbeddedServer embeddedServer() {
        return EmbeddedServer.start();
    }

    /** Matches without a {@code spring.datasource.url}; an empty one is none. */
    static final class NoDatabaseConfigured extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean configured = StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
            return new ConditionOutcome(
                    !configured,
                    ConditionMessage.forCondition("No database configured")
                            .because("spring.datasource.url is " + (configured ? "set" : "not set")));
        }
    }
}
