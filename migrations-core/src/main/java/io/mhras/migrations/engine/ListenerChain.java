package io.mhras.migrations.engine;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ListenerFailed;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.VerificationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies each listener in turn; one that fails is named. */
final class ListenerChain implements MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(MigrationListener.class);

    private final List<MigrationListener> listeners;

    ListenerChain(List<MigrationListener> listeners) {
        this.listeners = listeners;
    }

    /** With one more; one that is there already is not notified twice. */
    ListenerChain with(MigrationListener listener) {
        if (listeners.contains(listener)) {
            return this;
        }
        List<MigrationListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new ListenerChain(List.copyOf(more));
    }

    @Override
    public void onStart(String database, Operation operation) {
        // No lambda here, nor in onDone: a fresh JVM takes ten milliseconds for the first.
        for (MigrationListener listener : listeners) {
            try {
                listener.onStart(database, operation);
            } catch (RuntimeException e) {
                throw failed(listener, "onStart", e);
            }
        }
    }

    @Override
    public void onDone(MigrationResult result) {
        for (MigrationListener listener : listeners) {
            try {
                listener.onDone(result);
            } catch (RuntimeException e) {
                throw failed(listener, "onDone", e);
            }
        }
    }

    @Override
    public void onPlan(MigrationPlan plan, Operation operation) {
        tell("onPlan", listener -> listener.onPlan(plan, operation));
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        tell("onStep of " + step.version(), listener -> listener.onStep(database, step));
    }

    @Override
    public void onActivity(String database, MigrationActivity activity) {
        tell("onActivity", listener -> listener.onActivity(database, activity));
    }

    @Override
    public void onOutput(String database, MigrationStep step, ScriptOutput output) {
        for (MigrationListener listener : listeners) {
            try {
                listener.onOutput(database, step, output);
            } catch (RuntimeException e) {
                // In the middle of a statement there is nobody to stop.
                log.warn("The listener {} failed at what {} says", name(listener), step, e);
            }
        }
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        tell("onStepDone of " + step.version(), listener -> listener.onStepDone(database, step, entry));
    }

    @Override
    public void onStatus(MigrationStatus status) {
        tell("onStatus", listener -> listener.onStatus(status));
    }

    @Override
    public void onVerified(VerificationResult result) {
        tell("onVerified", listener -> listener.onVerified(result));
    }

    @Override
    public void onDrift(DriftResult result) {
        tell("onDrift", listener -> listener.onDrift(result));
    }

    /** All of them, whatever one of them does: each may have to end what it began. */
    @Override
    public void onFailure(String database, Operation operation, MigrationException failure) {
        for (MigrationListener listener : listeners) {
            try {
                listener.onFailure(database, operation, failure);
            } catch (RuntimeException e) {
                failure.addSuppressed(failed(listener, "onFailure", e));
            }
        }
    }

    private void tell(String event, Consumer<MigrationListener> call) {
        for (MigrationListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                throw failed(listener, event, e);
            }
        }
    }

    private static MigrationException failed(MigrationListener listener, String event, RuntimeException e) {
        if (e instanceof Stopped stopped) {
            return stopped;
        }
        String why = e instanceof MigrationException failure ? failure.problem() : e.toString();
        return new ListenerFailed(
                "The listener " + name(listener) + " failed in " + event + ": " + why,
                "Correct the listener, or take it out, and start again. What the database has done stays, and the next"
                        + " run goes on after it.",
                e);
    }

    /** Its class; not what the JVM and Spring append to the names of classes that they make. */
    private static String name(MigrationListener listener) {
        return listener.getClass().getName().replaceFirst("\\$\\$.*", "");
    }
}
