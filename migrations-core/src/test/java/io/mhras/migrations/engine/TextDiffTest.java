package io.mhras.migrations.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {

    @Test
    void aChangedLineStandsBetweenItsNeighbours() {
        assertThat(TextDiff.between("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nX\ne\nf\ng\n"))
                .isEqualTo("""
                        @@ from line 2 @@
                          b
                          c
                        - d
                        + X
                          e
                          f""");
    }

    @Test
    void addedAndRemovedLinesAreShown() {
        assertThat(TextDiff.between("a\nc\n", "a\nb\nc\n")).isEqualTo("@@ from line 1 @@\n  a\n+ b\n  c");
        assertThat(TextDiff.between("a\nb\n", "a\n")).isEqualTo("@@ from line 1 @@\n  a\n- b");
        assertThat(TextDiff.between("b\n", "a\nb\n")).isEqualTo("@@ from line 1 @@\n+ a\n  b");
    }

    @Test
    void repeatedLinesAreNotCountedTwice() {
        assertThat(TextDiff.between("a\na\n", "a\na\na\n")).isEqualTo("@@ from line 1 @@\n  a\n  a\n+ a");
    }

    @Test
    void theKindOfLineEndIsNoDifference() {
        assertThat(TextDiff.between("a\r\nb\r\nc\r\n", "a\nX\nc\n")).isEqualTo("@@ from line 1 @@\n  a\n- b\n+ X\n  c");
    }

    @Test
    void whatIsLongIsCut() {
        String old =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "old " + i + "\n").collect(joining());

        assertThat(TextDiff.between(old, "new\n").lines())
                .hasSize(15)
                .contains("- old 12", "- ... 8 more lines", "+ new")
                .doesNotContain("- old 13");
    }

    @Test
    void whatTheMaskHidesIsNotShown() {
        assertThat(TextDiff.between("a\nx 1\n", "a\ny 22\n", text -> text.replaceAll("\\d+", "?")))
                .isEqualTo("@@ from line 1 @@\n  a\n- x ?\n+ y ?");
        assertThat(TextDiff.between("a\nx 1\n", "a\nx 22\n", text -> text.replaceAll("\\d+", "?")))
                .isEqualTo("@@ from line 1 @@\n  a\n- x ?\n+ x ?\nThey differ in values, which are not shown.");
    }

    @Test
    void nothingIsShownWhereTheMaskDoesNotKeepTheLines() {
        assertThat(TextDiff.between("a\nsecret\n", "b\nsecret\n", text -> text.replace("\n", " ")))
                .doesNotContain("secret");
    }
}
