package io.mhras.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.TestDatabase;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;

/** The compliance system has two databases, and a schema of its own in one of them; its own settings say so. */
@SpringBootTest
@ActiveProfiles("compliance")
@MigratedDatabase
final class ComplianceMigrationsTest {

    @Test
    void theServiceHasItsTables(@Autowired DataSource dataSource) {
        assertThat(DatabaseObjects.of(dataSource))
                .containsAll(SampleSystem.COMPLIANCE.expectedObjects())
                .contains("table regulatory.migrations");
    }

    @Test
    void theServiceHasItsCollections(
            @Autowired MongoClient client,
            @Autowired @Qualifier("mongoMigrator") Migrator migrator,
            MongoDatabase database) {
        assertThat(client.getDatabase(database.getName()).listCollectionNames().into(new ArrayList<>()))
                .contains("regulatory_documents", "audit_events", "system_metrics");
        assertThat(migrator.plan(Target.HEAD).isEmpty()).isTrue();
    }

    @Test
    void whatATestDoesIsUndoneByAReset(TestDatabase database) {
        database.rollbackTo("base");
        assertThat(DatabaseObjects.of(database.dataSource())).doesNotContain("table regulatory.audit_log");

        database.reset();

        assertThat(DatabaseObjects.of(database.dataSource())).containsAll(SampleSystem.COMPLIANCE.expectedObjects());
    }
}
