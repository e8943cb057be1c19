package io.mhras.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

    /** Of {@code printf 'SELECT 1;\nSELECT 2;\n' | sha256sum}. */
    private static final String TWO_LINES = "82efb67f3010c6eb7ead02e4f6d9550633dbc1407f99aa487468e7b2567aebbc";

    @Test
    void itIsWhatSha256sumPrints() {
        assertThat(Checksum.of("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Checksum.of("SELECT 1;\nSELECT 2;\n")).isEqualTo(TWO_LINES);
        assertThat(Checksum.of("SELECT 'Grüße 😀';\n"))
                .isEqualTo("998f6f912cce9661728d275775847cdaea8ce9c5fc06d8bba277b6b478da3ebe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;\r\nSELECT 2;\r\n",
                "SELECT 1;\rSELECT 2;\r",
                "SELECT 1;\r\nSELECT 2;\r",
                "\uFEFFSELECT 1;\nSELECT 2;\n",
                "\uFEFFSELECT 1;\r\nSELECT 2;\n",
            })
    void byteOrderMarkAndKindOfLineEndDoNotCount(String text) {
        assertThat(Checksum.of(text)).isEqualTo(TWO_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1;\nSELECT 2;\n", "SELECT 1;\r\nSELECT 2;\r\n", "SELECT 1;\rSELECT 2;\r"})
    void inWhateverPiecesATextComesItIsTheSame(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            Checksum checksum = new Checksum();
            for (int from = 0; from < bytes.length; from += size) {
                checksum.add(bytes, from, Math.min(from + size, bytes.length));
            }
            assertThat(checksum.finish()).as("pieces of " + size).isEqualTo(TWO_LINES);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;\n\nSELECT 2;\n",
                "SELECT 1;\n\r\nSELECT 2;\n",
                "SELECT 1;\nSELECT 2;",
                "SELECT 1;\n\uFEFFSELECT 2;\n",
                "SELECT 1; \nSELECT 2;\n",
            })
    void allElseCounts(String text) {
        assertThat(Checksum.of(text)).isNotEqualTo(TWO_LINES);
    }
}
