package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb and every option in an example of the documentation is there. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(?: {4}(?:\\$ )?|\\$ )migrations ([a-z].*)$");
    private static final Pattern INLINE = Pattern.compile("`migrations ([a-z][^`]*)`");

    static Stream<String> commands() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.toList().stream())
                    .map(DocumentedCommandsTest::read)
                    .flatMap(text -> Stream.of(EXAMPLE, INLINE)
                            .flatMap(form -> form.matcher(text).results()))
                    .map(found -> found.group(1).replaceFirst(" +[>#] .*", ""))
                    .distinct();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isThere(String line) {
        assertThat(missingIn(line)).isEmpty();
    }

    @Test
    void whatIsNotThereIsNoticed() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(50);
        assertThat(missingIn("apply --force --forced")).containsExactly("--forced");
        assertThat(missingIn("aply")).containsExactly("aply");
    }

    /** What the help of the verb does not know; the verb, if there is none of that name. */
    private static List<String> missingIn(String line) {
        List<String> words = List.of(line.replaceAll("\"[^\"]*\"", "words").split(" +"));
        CommandRun help = CommandRun.of(Map.of(), words.get(0), "--help");
        boolean isOfAllVerbs = help.out().startsWith("Usage: migrations [");
        if (help.code() != 0 || isOfAllVerbs) {
            return List.of(words.get(0));
        }
        return words.stream()
                .filter(word -> word.matches("--?[a-zA-Z].*"))
                .map(option -> option.replaceFirst("=.*", ""))
                .filter(option -> !Pattern.compile("(?<![\\w-])" + option + "(?![\\w-])")
                        .matcher(help.out())
                        .find())
                .toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
