package io.mhras.migrations.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.source.MigrationFileName.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationFileNameTest {

    @ParameterizedTest
    @CsvSource({
        "001_initial_schema.sql,                001,                 UP,     initial schema",
        "001_initial_schema.up.sql,             001,                 UP,     initial schema",
        "001_initial_schema.down.sql,           001,                 DOWN,   initial schema",
        "001_initial_schema.verify.sql,         001,                 VERIFY, initial schema",
        "001_initial_schema.js,                 001,                 UP,     initial schema",
        "001_Initial_Schema.Down.SQL,           001,                 DOWN,   Initial Schema",
        "001.sql,                               001,                 UP,     ''",
        "1.2_add_user.sql,                      1.2,                 UP,     add user",
        "012_release_2.0.sql,                   012,                 UP,     release 2.0",
        "R_active_patients.sql,                 R_active_patients,   UP,     active patients",
        "R__active_patients.sql,                R_active_patients,   UP,     active patients",
        "R_active_patients.down.sql,            R_active_patients,   DOWN,   active patients",
        "20251030_1530_add_user.sql,            20251030_1530,       UP,     add user",
        "20251030_153012_add_user.down.sql,     20251030_153012,     DOWN,   add user",
        "20251030153012_add_user.sql,           20251030153012,      UP,     add user",
        "20251030153012123456_add_user.sql,     20251030153012123456, UP,    add user",
        "00000001_2025_budget.sql,              00000001,            UP,     2025 budget",
        "V1_2__add_user.sql,                    1_2,                 UP,     add user",
        "V1.2__add_user.sql,                    1.2,                 UP,     add user",
        "U1_2__add_user.sql,                    1_2,                 DOWN,   add user",
        "V7__add_user.verify.sql,               7,                   VERIFY, add user",
        "V7.sql,                                7,                   UP,     ''",
        "000001_create_users.up.sql,            000001,              UP,     create users",
        "000001_create_users.down.sql,          000001,              DOWN,   create users",
        "003_übergabe.sql,                      003,                 UP,     übergabe",
    })
    void aNameSaysVersionRoleAndDescription(String name, String version, Role role, String description) {
        MigrationFileName parsed = MigrationFileName.parse(name).orElseThrow();

        assertThat(parsed.version()).hasToString(version);
        assertThat(parsed.role()).isEqualTo(role);
        assertThat(parsed.description()).isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup.sql",
                "afterMigrate.sql",
                "v1__add_user.sql",
                "V1_add_user.sql",
                "U1__add_user.verify.sql",
                "001-add-user.sql",
                "001 add user.sql",
                "R_.sql",
                "R__.sql",
                "Recent_users.sql",
                "_001_add_user.sql",
                ".sql",
                "001",
            })
    void anythingElseIsNoMigration(String name) {
        assertThat(MigrationFileName.parse(name)).isEmpty();
    }

    @Test
    void leadingZerosMakeNoOtherVersion() {
        assertThat(MigrationFileName.parse("1_a.sql").orElseThrow().version())
                .isEqualTo(MigrationFileName.parse("001_b.sql").orElseThrow().version());
    }
}
