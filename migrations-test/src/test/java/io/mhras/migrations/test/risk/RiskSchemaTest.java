package io.mhras.migrations.test.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.JpaSchema;
import io.mhras.migrations.test.jpa.JpaMigrationTest;
import org.junit.jupiter.api.Test;

@JpaMigrationTest(properties = "mhras.migrations.locations=filesystem:../sample-app/src/main/resources/db/mhras")
class RiskSchemaTest {

    @Test
    void entitiesMatchMigrations(JpaSchema entities) {
        assertThat(String.join(";\n", entities.statements())).isEqualTo("");
    }
}
