package io.mhras.migrations.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an IDE knows of the settings. */
class MetadataTest {

    private final String metadata = read();

    @Test
    void everySettingIsDescribed() {
        List<String> all = JsonPath.read(metadata, "$.properties[*].name");
        List<String> described = JsonPath.read(metadata, "$.properties[?(@.description)].name");

        assertThat(all)
                .contains("mhras.migrations.mode", "mhras.migrations.postgresql.lock-timeout")
                .hasSize(39)
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void everyModeIsExplained() {
        List<String> modes = JsonPath.read(metadata, "$.hints[?(@.name=='mhras.migrations.mode')].values[*].value");

        assertThat(modes).containsExactly("apply", "validate", "wait", "none", "apply-and-exit");
    }

    private static String read() {
        try (InputStream in =
                MigrationsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
