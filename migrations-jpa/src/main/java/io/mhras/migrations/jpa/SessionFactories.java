package io.mhras.migrations.jpa;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Keeps what each session factory was made of, while somebody asks for that; else it keeps nothing. */
public final class SessionFactories implements Integrator {

    private static final AtomicInteger ASKING = new AtomicInteger();
    private static final Map<SessionFactoryImplementor, Metadata> KEPT = new WeakHashMap<>();

    /** From now on, until {@link #forget}. */
    public static void keep() {
        ASKING.incrementAndGet();
    }

    /** The end of one {@link #keep}. What was kept stays until its session factory is closed. */
    public static void forget() {
        ASKING.decrementAndGet();
    }

    /** Those that are kept, and not closed. */
    public static List<SessionFactoryImplementor> kept() {
        synchronized (KEPT) {
            return List.copyOf(KEPT.keySet());
        }
    }

    static @Nullable Metadata metadataOf(SessionFactoryImplementor factory) {
        synchronized (KEPT) {
            return KEPT.get(factory);
        }
    }

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        if (ASKING.get() > 0) {
            synchronized (KEPT) {
                KEPT.put(factory, metadata);
            }
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
        synchronized (KEPT) {
            KEPT.remove(factory);
        }
    }
}
