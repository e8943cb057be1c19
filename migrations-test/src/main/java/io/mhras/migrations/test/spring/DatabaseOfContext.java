package io.mhras.migrations.test.spring;

import io.mhras.migrations.test.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The database of a Spring context, which the test classes that share the context have one after the other: each finds it as
 * it was when the context had been started.
 */
final class DatabaseOfContext {

    private final Runnable keep;
    private final Runnable reset;
    private @Nullable Class<?> owner;
    private boolean isBusy;
    private boolean isUsed;

    private DatabaseOfContext(Runnable keep, Runnable reset) {
        this.keep = keep;
        this.reset = reset;
    }

    static DatabaseOfContext of(TestDatabase database) {
        String made = database.position();
        Runnable keep = () -> {
            // What the service has written when it started belongs to what each class finds.
            if (!database.position().equals(made)) {
                database.keep();
            }
        };
        return new DatabaseOfContext(keep, database::reset);
    }

    static DatabaseOfContext of(Runnable reset) {
        return new DatabaseOfContext(() -> {}, reset);
    }

    synchronized void begin(Class<?> test) {
        if (isBusy && owner != test) {
            throw new IllegalStateException("""
                    %s and %s run at the same time, and share a Spring context and with it a database.
                    What to do: put junit.jupiter.execution.parallel.enabled=true into junit-platform.properties, so that this \
                    is known when contexts are made, and each class has its own.""".formatted(owner, test));
        }
        if (owner == null) {
            keep.run();
            isUsed = false;
        } else if (owner != test) {
            reset.run();
            isUsed = false;
        }
        owner = test;
        isBusy = true;
    }

    synchronized void beginMethod() {
        if (isUsed) {
            reset.run();
        }
        isUsed = true;
    }

    synchronized void end() {
        isBusy = false;
    }
}
