package io.mhras.migrations.test.jpa;

import io.mhras.migrations.jpa.SessionFactories;
import io.mhras.migrations.test.EntitySource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Has what a context's session factories are made of kept: a context that nobody asks keeps nothing. */
final class JpaSchemaContextCustomizer implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        SessionFactories.keep();
        context.getBeanFactory()
                .registerSingleton(EntitySource.class.getName(), new ContextEntities(context.getBeanFactory()));
        context.addApplicationListener(new ForgetWhenStarted(context));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JpaSchemaContextCustomizer;
    }

    @Override
    public int hashCode() {
        return JpaSchemaContextCustomizer.class.hashCode();
    }
}
