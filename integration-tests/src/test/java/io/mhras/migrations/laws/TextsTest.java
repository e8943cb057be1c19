package io.mhras.migrations.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A remedy names a setting by its key; how a front end spells it is for that to say. */
class TextsTest {

    private static final Pattern LITERAL =
            Pattern.compile("//[^\n]*|/\\*.*?\\*/|(\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\")", Pattern.DOTALL);

    /** A property of Spring's, or an option of the command line. */
    private static final Pattern SPELLED = Pattern.compile("(?<!io\\.)mhras\\.migrations\\.[a-z]|(?<![\\w-])--[a-z][a-z-]+");

    /** Programs of others, whose options are spelled as they have them. */
    private static final Pattern OF_OTHERS = Pattern.compile("pg_dump|mongod|make the dump with|the dump with");

    @ParameterizedTest
    @ValueSource(strings = {"migrations-core", "migrations-postgresql", "migrations-mongodb"})
    void coreAndDriversSpellNoSetting(String module) throws IOException {
        List<String> spelled = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> literals(file).stream()
                            .filter(text -> SPELLED.matcher(text).find()
                                    && !OF_OTHERS.matcher(text).find())
                            .forEach(text -> spelled.add(file.getFileName() + ": " + text)));
        }
        assertThat(spelled).isEmpty();
    }

    @Test
    void literalsAreFound() throws IOException {
        assertThat(literals(Path.of("src/test/java/io/mhras/migrations/laws/TextsTest.java")))
                .contains("\"migrations-core\"");
    }

    private static List<String> literals(Path file) {
        try {
            Matcher matcher = LITERAL.matcher(Files.readString(file));
            List<String> literals = new ArrayList<>();
            while (matcher.find()) {
                if (matcher.group(1) != null) {
                    literals.add(matcher.group(1));
                }
            }
            return literals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
