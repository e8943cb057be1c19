package io.mhras.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final MigrationVersion ONE = MigrationVersion.of("001");
    private static final MigrationVersion TWO = MigrationVersion.of("002");

    @Test
    void theOrderDoesNotCount() {
        assertThat(Fingerprint.EMPTY.toggle(ONE, "a").toggle(TWO, "b"))
                .hasToString(Fingerprint.EMPTY.toggle(TWO, "b").toggle(ONE, "a").toString());
    }

    @Test
    void whatComesAndGoesLeavesNoTrace() {
        assertThat(Fingerprint.EMPTY.toggle(ONE, "a").toggle(TWO, "b").toggle(ONE, "a"))
                .hasToString(Fingerprint.EMPTY.toggle(TWO, "b").toString());
        assertThat(Fingerprint.EMPTY.toggle(ONE, "a").toggle(ONE, "a")).hasToString("0".repeat(64));
    }

    @Test
    void versionAndChecksumBelongTogether() {
        assertThat(Fingerprint.EMPTY.toggle(ONE, "a").toggle(TWO, "b").toString())
                .isNotEqualTo(
                        Fingerprint.EMPTY.toggle(ONE, "b").toggle(TWO, "a").toString());
    }

    @Test
    void howAVersionIsWrittenDoesNotCount() {
        assertThat(Fingerprint.EMPTY.toggle(ONE, "a"))
                .hasToString(
                        Fingerprint.EMPTY.toggle(MigrationVersion.of("1"), "a").toString());
    }
}
