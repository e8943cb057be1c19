package io.mhras.migrations.actuate;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.engine.Migrator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reports whether every database has the schema that the service needs.
 *
 * <p>It belongs in the readiness group and never in liveness: restarting a service does not repair its schema.
 */
public final class MigrationsHealthIndicator extends AbstractHealthIndicator {

    private final Map<String, Migrator> migrators;
    private final Set<Summary> downWhen;
    private final LastResults results;
    private final Set<DriftResult.State> downWhenDrift;

    /**
     * An indicator.
     *
     * @param migrators by the names of their databases
     * @param downWhen the states of a database in which the service must get no traffic
     * @param results what the comparison of the structure came to last: here it is only told
     * @param downWhenDrift what it must not have come to for the service to get traffic
     */
    public MigrationsHealthIndicator(
            Map<String, Migrator> migrators,
            Set<Summary> downWhen,
            LastResults results,
            Set<DriftResult.State> downWhenDrift) {
        super("The state of the migrations could not be read");
        this.migrators = migrators;
        this.downWhen = Set.copyOf(downWhen);
        this.results = results;
        this.downWhenDrift = Set.copyOf(downWhenDrift);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        migrators.forEach((name, migrator) -> check(name, migrator, builder));
    }

    private void check(String name, Migrator migrator, Health.Builder builder) {
        try {
            MigrationStatus status = migrator.status();
            if (downWhen.contains(status.summary())) {
                builder.down();
            }
            Map<String, Object> details = details(status);
            DriftResult drift = results.drift(name).orElse(null);
            if (drift != null) {
                details.put("drift", drift.state().name());
                details.put("driftAt", drift.at().toString());
                if (downWhenDrift.contains(drift.state())) {
                    builder.down();
                    details.putIfAbsent("error", drift.explanation());
                }
            }
            builder.withDetail(name, details);
        } catch (MigrationException e) {
            builder.down().withDetail(name, Map.of("error", e.getMessage()));
        }
    }

    private static Map<String, Object> details(MigrationStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", status.summary().name());
        details.put("current", status.current().stream().map(Object::toString).toList());
        details.put("pending", status.pending());
        if (status.problem() != null) {
            details.put("error", status.problem());
        }
        return details;
    }
}
