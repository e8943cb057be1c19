package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.DiffOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of schemas between which others have found no way: each there and back, online.
 *
 * <p>{@code -Ddiff.versions=all} goes each way on PostgreSQL 15 as well, in the plain form.
 */
class HardPairsTest {

    private static final DiffOptions ONLINE =
            DiffOptions.DEFAULT.withoutQuestions().with(DiffOptions.Drops.ALL);

    static Stream<Arguments> pairs() throws IOException {
        try (InputStream file = Objects.requireNonNull(HardPairsTest.class.getResourceAsStream("hard-pairs.sql"))) {
            return Stream.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^== ", -1))
                    .filter(pair -> !pair.isBlank())
                    .map(HardPairsTest::pair);
        }
    }

    private static Arguments pair(String text) {
        String[] lines = text.split("\n", 2);
        String[] sides = lines[1].split("(?m)^->$", -1);
        String name = lines[0].replaceFirst(" 18$", "");
        return Arguments.of(name, !name.equals(lines[0]), sides[0], sides[1]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void leadThereAndBack(String name, boolean isOf18, String one, String other) {
        try (DiffPair pair = new DiffPair(18, one, other)) {
            pair.isProved(ONLINE);
        }
        if (!isOf18 && "all".equals(System.getProperty("diff.versions"))) {
            try (DiffPair pair = new DiffPair(15, one, other)) {
                pair.isProved(ONLINE.offline());
            }
        }
    }
}
