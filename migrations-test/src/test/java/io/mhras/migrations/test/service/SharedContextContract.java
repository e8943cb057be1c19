package io.mhras.migrations.test.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.annotation.Transactional;

@SpringBootTest(properties = "mhras.migrations.postgresql.username=nobody")
@MigratedDatabase
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // Spring sets them.
abstract class SharedContextContract {

    private static final Set<ApplicationContext> contexts = new HashSet<>();

    @Autowired
    private Patients patients;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private TestDatabase database;

    @Autowired
    private Migrator migrator;

    @Test
    @Order(1)
    void theClassFindsWhatTheServiceWroteWhenItStartedAndNothingElse(@Autowired ApplicationContext context) {
        contexts.add(context);

        assertThat(contexts).hasSize(1);
        assertThat(patients.findAll()).extracting(Patient::name).containsExactly("the first");

        patients.save(new Patient("Ada"));
    }

    @Test
    @Order(2)
    void theServicesDataSourceLeadsToTheDatabase(TestDatabase parameter) throws SQLException {
        assertThat(parameter).isSameAs(database);
        try (Connection connection = dataSource.getConnection()) {
            assertThat(database.url()).contains(connection.getCatalog());
        }
        assertThat(patients.count()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void theServiceHadNothingToApply() {
        assertThat(migrator.history()).hasSize(3);
        assertThat(migrator.plan(Target.HEAD).isEmpty()).isTrue();
    }

    @Test
    @Order(4)
    @Transactional
    void aTransactionOfTheTestIsRolledBack() {
        patients.saveAndFlush(new Patient("Grace"));

        assertThat(patients.count()).isEqualTo(3);
    }

    @Test
    @Order(5)
    void andWasSo(Migrations migrations) {
        assertThat(patients.count()).isEqualTo(2);
        assertThat(migrations
                        .at("001")
                        .jdbc()
                        .sql("SELECT count(*) FROM patients")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Order(6)
    void aResetBringsBackWhatTheClassHasFound() {
        database.reset();

        assertThat(patients.findAll()).extracting(Patient::name).containsExactly("the first");
    }
}
