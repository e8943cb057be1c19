package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.Objects;
import org.junit.jupiter.params.*;
import org.junit.jupiter.params.provider.*;

class SchemaTextTest {
    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void x(int major) throws IOException {
        try (TestDatabase database = ServerVersions.newDatabase(major);
                InputStream file = Objects.requireNonNull(SchemaTextTest.class.getResourceAsStream("everything.sql"))) {
            database.run(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            SchemaSnapshot s = new PostgresSchema(database.dataSource()).snapshot(SchemaFilter.ALL, true);
            Files.writeString(
                    Path.of("/tmp/everything" + major + ".txt"),
                    new SchemaText(s) + "\n"
                            + String.join(
                                    "\n",
                                    s.edges().stream()
                                            .map(e -> e.dependent() + " -> " + e.needed())
                                            .sorted()
                                            .toList()));
            assertThat(s.facts()).isNotEmpty();
        }
    }
}
