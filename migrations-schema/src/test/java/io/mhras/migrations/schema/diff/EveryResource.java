package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.SchemaSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The schemas with everything in them. */
final class EveryResource {

    private EveryResource() {}

    static String of(String name) {
        try (InputStream file = Objects.requireNonNull(SchemaSnapshot.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
