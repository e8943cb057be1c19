package io.mhras.migrations.test.ward;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.JpaSchema;
import io.mhras.migrations.test.jpa.JpaMigrationTest;
import org.junit.jupiter.api.Test;

@JpaMigrationTest(properties = "mhras.migrations.locations=classpath:db/ward")
class WardSchemaTest {

    @Test
    void whatAnExistingSchemaMayDoDifferentlyIsNoDifference(JpaSchema entities) {
        assertThat(entities).matchMigrations();
    }

    @Test
    void hibernateWritesWhatTheEntitiesSayInAnOrderThatNoSettingChanges(JpaSchema entities) {
        assertThat(entities.toString()).isEqualTo("JpaSchema[6 entities of 1 package, Hibernate 7.4.5]");
        assertThat(entities.statements())
                .contains(
                        "create schema audit",
                        "create type Status as enum ('ACTIVE','CLOSED','ON_HOLD')",
                        "create sequence doctor_ids start with 1 increment by 20",
                        "create table patient_doctors (doctors_id integer not null, patient_id bigint not null, primary key"
                                + " (doctors_id, patient_id))",
                        "create table home_visits (kilometres integer not null, id bigint not null, primary key (id))",
                        "create table audit.entries (id uuid not null, text varchar(255), primary key (id))",
                        "comment on column visits.note is 'free text'")
                .anyMatch(statement -> statement.contains("seconds integer generated always as (minutes * 60)"))
                .anyMatch(statement -> statement.contains("sex char(1)"))
                .noneMatch(statement -> statement.startsWith("create cast"));
    }
}
