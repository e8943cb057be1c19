package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each example of the page about testing stands in a test that is compiled and run. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    @Test
    void theExamplesAreRealCode() throws IOException {
        List<String> tests = new ArrayList<>();
        for (String folder : List.of("migrations-test/src/test/java", "sample-app/src/test/java")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    tests.add(withoutLayout(Files.readString(file)));
                }
            }
        }
        List<String> examples = EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/testing.md")))
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples)
                .hasSizeGreaterThan(5)
                .allSatisfy(example -> assertThat(tests).anyMatch(test -> test.contains(withoutLayout(example))));
    }

    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}
