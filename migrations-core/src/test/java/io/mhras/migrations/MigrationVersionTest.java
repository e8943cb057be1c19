package io.mhras.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationVersionTest {

    private static MigrationVersion version(String text) {
        return MigrationVersion.of(text);
    }

    @Test
    void versionsAreOrderedAsNumbersPartByPartAndRepeatablesComeLast() {
        List<String> ordered = List.of(
                "0",
                "001",
                "1.2",
                "1_10",
                "2",
                "009",
                "10",
                "20251030",
                "20251031",
                "20251030_1530",
                "20251030153012",
                "20251030_1531",
                "123456789012345678",
                "123456789012345679",
                "9223372036854775808",
                "99999999999999999999999999",
                "R_a",
                "R_b");
        List<MigrationVersion> shuffled =
                new ArrayList<>(ordered.stream().map(MigrationVersion::of).toList());
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);

        assertThat(shuffled).extracting(MigrationVersion::toString).containsExactlyElementsOf(ordered);
    }

    @ParameterizedTest
    @CsvSource({"1,001", "0,000", "1.2,01_02", "1,1.0", "1.0.0,1", "20251030_1530,20251030.1530", "R_x,R__x"})
    void equalVersionsMayBeWrittenDifferently(String one, String other) {
        assertThat(version(one)).isEqualTo(version(other)).isEqualByComparingTo(version(other));
        assertThat(version(one)).hasSameHashCodeAs(version(other));
        assertThat(version(one).canonical()).isEqualTo(version(other).canonical());
    }

    @ParameterizedTest
    @CsvSource({"1,10", "1.2,12", "1.2,1.2.1", "R_x,R_X", "1,R_1"})
    void differentVersionsAreNotEqual(String one, String other) {
        assertThat(version(one)).isNotEqualTo(version(other)).isNotEqualByComparingTo(version(other));
        assertThat(version(one).canonical()).isNotEqualTo(version(other).canonical());
    }

    @Test
    void aVersionIsShownAsItWasWritten() {
        assertThat(version("001")).hasToString("001");
        assertThat(version("1_2")).hasToString("1_2");
        assertThat(version("R__active")).hasToString("R_active");
    }

    @Test
    void aNameIsARepeatable() {
        assertThat(version("R_x").isRepeatable()).isTrue();
        assertThat(version("0").isRepeatable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "a", "1.", ".1", "1..2", "-1", "1a", "R", "R_", "r_x", "١"})
    void anythingElseIsNoVersion(String text) {
        assertThat(MigrationVersion.isValid(text)).isFalse();
        assertThatThrownBy(() -> version(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a version: a version is a number such as 001, 1.2 or 20251030_1530,"
                        + " or R_name for a repeatable migration");
    }

    @Test
    void datesWithAndWithoutAGapStandInOrderOfTime() {
        assertThat(MigrationVersion.of("20251231_2359")).isGreaterThan(MigrationVersion.of("20250101000000"));
        assertThat(MigrationVersion.of("20251030_1530")).isLessThan(MigrationVersion.of("20251030153001"));
        assertThat(MigrationVersion.of("20251030_153001")).isEqualTo(MigrationVersion.of("20251030153001"));
        assertThat(MigrationVersion.of("20251030_1530")).hasToString("20251030_1530");
    }
}
