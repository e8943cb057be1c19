package io.mhras.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The five systems that the sample can be. */
enum SampleSystem {
    /** The default profile. */
    MHRAS("public.migration_history"),
    HEALTHCARE("public.migration_history"),
    COMPLIANCE("regulatory.migrations"),
    AUDITOR("public.migration_history"),
    ALLIED_HEALTH("public.migration_history");

    private final String history;

    SampleSystem(String history) {
        this.history = history;
    }

    /** The table, with its schema. */
    String history() {
        return history;
    }

    /** The profiles to start the sample with. */
    String[] profiles() {
        return this == MHRAS ? new String[0] : new String[] {toString()};
    }

    /** What {@code expected-objects} lists: the objects that the system's own documents name. */
    List<String> expectedObjects() {
        String file = "/expected-objects/" + this + ".txt";
        try (InputStream list = SampleSystem.class.getResourceAsStream(file)) {
            if (list == null) {
                throw new IllegalStateException("no " + file);
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its profile's name, also that of its folder of migrations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
