package io.mhras.migrations.test.ward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.JpaSchema;
import io.mhras.migrations.test.jpa.JpaMigrationTest;
import org.junit.jupiter.api.Test;

@JpaMigrationTest(properties = "mhras.migrations.locations=classpath:db/ward")
class WardSchemaTest {

    @Test
    void hibernateWritesWhatTheEntitiesSay(JpaSchema entities) {
        assertThat(String.join(";\n", entities.statements())).isEqualTo("");
    }
}
