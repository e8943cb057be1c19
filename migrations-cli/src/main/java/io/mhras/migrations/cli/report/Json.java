package io.mhras.migrations.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Writes answers as JSON: what is null is left out, times as text. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addModule(new SimpleModule()
                    .addSerializer(MigrationVersion.class, ToStringSerializer.instance)
                    .addSerializer(HistoryEntry.class, new EventSerializer()))
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    // JSON may have these as they are, and terminals obey some of them. They can only stand in texts.
    private static final Pattern CONTROLS_BEYOND_ASCII = Pattern.compile("[\\x7f-\\x9f]");

    private Json() {}

    public static String of(@Nullable Object answer) {
        return CONTROLS_BEYOND_ASCII
                .matcher(MAPPER.writeValueAsString(answer))
                .replaceAll(
                        control -> "\\\\u%04x".formatted((int) control.group().charAt(0)));
    }

    private static final class EventSerializer extends ValueSerializer<HistoryEntry> {
        @Override
        public void serialize(HistoryEntry entry, JsonGenerator generator, SerializationContext context) {
            context.writeValue(generator, EventAnswer.of(entry));
        }
    }
}
