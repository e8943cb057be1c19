package io.mhras.migrations.test.jpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ContextEntitiesTest {

    @Test
    void aContextWithoutEntitiesIsReported() {
        try (Migrations migrations = Migrations.in("classpath:db/billing");
                TestDatabase database = migrations.database()) {
            assertThatThrownBy(() -> new ContextEntities(new StaticListableBeanFactory()).of(database))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(
                            "The Spring context of the test has no entities in the database of @MigratedDatabase.")
                    .hasMessageContaining("with @JpaMigrationTest or @SpringBootTest.");
        }
    }
}
