package io.mhras.migrations.test.jpa;

import io.mhras.migrations.jpa.SessionFactories;
import jakarta.persistence.EntityManagerFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** The session factories of other contexts are nobody's business. */
final class ForgetWhenStarted implements ApplicationListener<ContextRefreshedEvent> {

    private final ApplicationContext context;
    private final AtomicBoolean isDone = new AtomicBoolean();

    ForgetWhenStarted(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() == context && isDone.compareAndSet(false, true)) {
            // Those that are made lazily, or by another thread, are made now at the latest.
            context.getBeanProvider(EntityManagerFactory.class).stream().forEach(EntityManagerFactory::getProperties);
            SessionFactories.forget();
        }
    }
}
