package io.mhras.migrations.observation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/** Describes the timers, which Micrometer makes of the observations without a description. */
public final class MeterDescriptions implements MeterFilter {

    private static final Map<String, String> TEXTS = Map.of(
            "mhras.migrations", "How long runs of the migrations took",
            "mhras.migrations.active", "Runs of the migrations that are under way",
            "mhras.migrations.step", "How long single migrations took",
            "mhras.migrations.step.active", "Migrations that are being applied or rolled back");

    @Override
    public Meter.Id map(Meter.Id id) {
        String text = TEXTS.get(id.getName());
        return text == null || id.getDescription() != null
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), text, id.getType());
    }
}
