package io.mhras.migrations.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and arguments of psql's commands. */
class SqlMetaCommandTest {

    @ParameterizedTest
    @MethodSource
    void parsed(String line, String name, List<String> arguments, int length) {
        SqlMetaCommand.Parsed parsed = SqlMetaCommand.parse(line);

        assertThat(parsed.command()).isEqualTo(new SqlMetaCommand(name, arguments));
        assertThat(parsed.length()).isEqualTo(length);
    }

    static Stream<Arguments> parsed() {
        return Stream.of(
                Arguments.of("q", "q", List.of(), 1),
                Arguments.of("connect  db user ", "connect", List.of("db", "user"), 17),
                Arguments.of("connect \"dbname='a b'\"", "connect", List.of("\"dbname='a b'\""), 22),
                Arguments.of("echo 'a''b\\n\\'' c", "echo", List.of("a'b\n'", "c"), 17),
                Arguments.of("echo a'b c'd", "echo", List.of("ab cd"), 12),
                Arguments.of("echo `date +%s`", "echo", List.of("`date +%s`"), 15),
                Arguments.of("echo a \\\\ select", "echo", List.of("a"), 9),
                Arguments.of("echo a \\echo b", "echo", List.of("a"), 7),
                Arguments.of("echo | a", "echo", List.of("|", "a"), 8),
                Arguments.of("g | cat 'a' \\\\ b", "g", List.of("| cat 'a' \\\\ b"), 16),
                Arguments.of("! ls \\\\ a", "!", List.of("ls \\\\ a"), 9),
                Arguments.of("copy t from 'a b'", "copy", List.of("t from 'a b'"), 17),
                Arguments.of("echo 'a", "echo", List.of("a"), 7),
                Arguments.of("", "", List.of(), 0));
    }
}
