package io.mhras.migrations.test.risk;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;

import io.mhras.migrations.test.JpaSchema;
import io.mhras.migrations.test.jpa.JpaMigrationTest;
import org.junit.jupiter.api.Test;

@JpaMigrationTest(properties = "mhras.migrations.locations=filesystem:../sample-app/src/main/resources/db/mhras")
class RiskSchemaTest {

    @Test
    void entitiesMatchMigrations(JpaSchema entities) {
        assertThat(entities).matchMigrations();
    }
}
