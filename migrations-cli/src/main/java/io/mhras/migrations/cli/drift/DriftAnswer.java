package io.mhras.migrations.cli.drift;

import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftReport.Side;
import io.mhras.migrations.schema.report.DriftReport.Statements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drift in JSON. */
public record DriftAnswer(
        String result,
        String database,
        int majorVersion,
        int migrations,
        List<Difference> differences,
        List<String> notes,
        Statements sqlForMigrations,
        Statements sqlForDatabase) {

    private record Difference(
            String object,
            String what,
            Side side,
            @Nullable Map<String, String> inDatabase,
            @Nullable Map<String, String> byMigrations,
            String cause) {}

    public static DriftAnswer of(DriftReport report) {
        return new DriftAnswer(
                report.differs() ? "DIFFERS" : "SAME",
                report.database(),
                report.majorVersion(),
                report.migrations(),
                report.differences().stream()
                        .map(one -> new Difference(
                                one.object().toString(),
                                one.id().toString(),
                                one.side(),
                                attributes(one.inDatabase()),
                                attributes(one.byMigrations()),
                                one.cause()))
                        .toList(),
                report.notes(),
                report.forMigrations(),
                report.forDatabase());
    }

    private static @Nullable Map<String, String> attributes(@Nullable SchemaFact fact) {
        return fact == null ? null : fact.attributes();
    }
}
