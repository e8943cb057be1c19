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
        "B020__all_before.sql,                  020,                 BASELINE, all before",
        "B1.2.sql,                              1.2,                 BASELINE, ''",
        "020_all_before.baseline.sql,           020,                 BASELINE, all before",
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
        "1-add-user.sql,                        1,                   UP,     add user",
        "1.add_user.sql,                        1,                   UP,     add user",
        "1.2.3.add.user.down.sql,               1.2.3,               DOWN,   add user",
        "1.2nd_try.sql,                         1,                   UP,     2nd try",
        "20240101120000-2fa.up.sql,             20240101120000,      UP,     2fa",
        "001_pre-release.sql,                   001,                 UP,     pre-release",
        "V0001.Name.up.sql,                     0001,                UP,     Name",
        "V0001.Name.down.sql,                   0001,                DOWN,   Name",
        "V1.2.3.Name.sql,                       1.2.3,               UP,     Name",
        "V1-name.sql,                           1,                   UP,     name",
        "2024-01-02-030405_add_user.sql,        20240102030405,      UP,     add user",
        "2024-01-02-030405_add_user.down.sql,   20240102030405,      DOWN,   add user",
        "2024-01-02-0304_add_user.sql,          20240102_0304,       UP,     add user",
        "2024-01-02_add_user.sql,               20240102,            UP,     add user",
        "2024-01-02-add-user.sql,               20240102,            UP,     add-user",
        "2024-01-02-030405-0001_add_user.sql,   20240102030405.0001, UP,     add user",
        "2024_a/up.sql,                         2024,                UP,     a",
        "2024_a/down.sql,                       2024,                DOWN,   a",
        "2024_a/verify.sql,                     2024,                VERIFY, a",
        "20240101_a/migration.sql,              20240101,            UP,     a",
        "2024-01-02-030405_add_user/up.sql,     20240102030405,      UP,     add user",
        "00000000000000_diesel_initial_setup/up.sql, 00000000000000, UP,     diesel initial setup",
        "1550925483858_users/up.js,             1550925483858,       UP,     users",
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
                "001-.sql",
                "001..sql",
                "1..2.sql",
                "2024-01_add_user.sql",
                "2024-01-02-2fa.sql",
                "1-2-add-user.sql",
                "add_user/up.sql",
                "up.sql",
                "2024_a/upgrade.sql",
                "2024_a/up.new.sql",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1-a.sql",
                "1.a.sql",
                "01_a.sql",
                "V1.a.sql",
                "V1__a.sql",
                "001_a/up.sql",
                "1.0_a.sql",
            })
    void theseAreSpellingsOfOneVersion(String name) {
        assertThat(MigrationFileName.parse(name).orElseThrow().version())
                .isEqualTo(MigrationFileName.parse("1.sql").orElseThrow().version());
    }

    @Test
    void aDateWithDashesIsTheSameAsOneWithout() {
        assertThat(MigrationFileName.parse("2024-01-02-0304_a.sql")
                        .orElseThrow()
                        .version())
                .isEqualTo(MigrationFileName.parse("20240102030400_a.sql")
                        .orElseThrow()
                        .version());
        assertThat(MigrationFileName.parse("2024-01-02-030405-0000_a.sql")
                        .orElseThrow()
                        .version())
                .isEqualTo(MigrationFileName.parse("20240102030405_a.sql")
                        .orElseThrow()
                        .version());
    }

    @Test
    void leadingZerosMakeNoOtherVersion() {
        assertThat(MigrationFileName.parse("1_a.sql").orElseThrow().version())
                .isEqualTo(MigrationFileName.parse("001_b.sql").orElseThrow().version());
    }
}
