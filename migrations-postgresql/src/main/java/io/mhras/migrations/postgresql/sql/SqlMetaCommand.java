package io.mhras.migrations.postgresql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A psql command such as {@code \connect db}: its name without the backslash, and its arguments without their quotes. */
public record SqlMetaCommand(String name, List<String> arguments) {

    private static final Set<String> WITH_WHOLE_LINE = Set.of("h", "help", "ef", "ev", "sf", "sf+", "sv", "sv+");
    private static final Set<String> WITH_PIPE = Set.of("g", "gx", "o", "out", "w", "write");
    private static final Set<String> SENDING =
            Set.of("g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch", "bind_named", "parse", "sendpipeline");

    /** Whether psql sends the statement that it is in. */
    boolean sends() {
        return SENDING.contains(name);
    }

    /** Whether psql discards the statement that it is in. */
    boolean discards() {
        return name.equals("r") || name.equals("reset");
    }

    /** Whether psql begins a new session. */
    public boolean isConnect() {
        return name.equals("c") || name.equals("connect");
    }

    /** A meta-command and how many characters of its line it takes. */
    record Parsed(SqlMetaCommand command, int length) {}

    /** Reads the meta-command at the beginning of a line, after the backslash. */
    static Parsed parse(String line) {
        int nameEnd = 0;
        while (nameEnd < line.length()
                && !SqlCharacters.isSpace(line.charAt(nameEnd))
                && line.charAt(nameEnd) != '\\') {
            nameEnd++;
        }
        String name = line.substring(0, nameEnd);
        if (takesWholeLine(name)) {
            String rest = line.substring(nameEnd).strip();
            return new Parsed(new SqlMetaCommand(name, rest.isEmpty() ? List.of() : List.of(rest)), line.length());
        }
        return new Arguments(line, nameEnd, WITH_PIPE.contains(name)).parse(name);
    }

    /** psql discards the rest of the line after a command that it does not know, and none begins like this. */
    private static boolean takesWholeLine(String name) {
        boolean known = !name.isEmpty() && (Character.isLetter(name.charAt(0)) || name.equals("?"));
        return !known || WITH_WHOLE_LINE.contains(name) || name.equalsIgnoreCase("copy");
    }

    /** Whether inline data follow, as after {@code \copy t from stdin}. */
    boolean readsData() {
        return name.equalsIgnoreCase("copy")
                && CopyData.follow(new SqlLexer("copy " + String.join(" ", arguments), SqlLexer.Strings.STANDARD));
    }

    /** The state of reading arguments as {@code psqlscanslash.l} does; backticks and variables are left as they are. */
    private static final class Arguments {

        private final String line;
        private final boolean pipe;
        private final List<String> values = new ArrayList<>();
        private int at;

        private Arguments(String line, int at, boolean pipe) {
            this.line = line;
            this.at = at;
            this.pipe = pipe;
        }

        private Parsed parse(String name) {
            while (true) {
                while (at < line.length() && SqlCharacters.isSpace(line.charAt(at))) {
                    at++;
                }
                if (at == line.length()) {
                    break;
                }
                if (line.charAt(at) == '\\') {
                    at += line.startsWith("\\\\", at) ? 2 : 0;
                    break;
                }
                if (pipe && line.charAt(at) == '|') {
                    values.add(line.substring(at).strip());
                    at = line.length();
                    break;
                }
                values.add(argument());
            }
            return new Parsed(new SqlMetaCommand(name, List.copyOf(values)), at);
        }

        private String argument() {
            StringBuilder value = new StringBuilder();
            while (at < line.length() && !SqlCharacters.isSpace(line.charAt(at)) && line.charAt(at) != '\\') {
                char c = line.charAt(at);
                switch (c) {
                    case '\'' -> quoted(value);
                    case '"', '`' -> verbatim(c, value);
                    default -> {
                        value.append(c);
                        at++;
                    }
                }
            }
            return value.toString();
        }

        private void quoted(StringBuilder value) {
            at++;
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == '\\' && at < line.length()) {
                    value.append(unescaped(line.charAt(at++)));
                } else if (c != '\'') {
                    value.append(c);
                } else if (at < line.length() && line.charAt(at) == '\'') {
                    value.append(line.charAt(at++));
                } else {
                    return;
                }
            }
        }

        private static char unescaped(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'b' -> '\b';
                case 'r' -> '\r';
                case 'f' -> '\f';
                default -> c;
            };
        }

        private void verbatim(char quote, StringBuilder value) {
            int end = line.indexOf(quote, at + 1);
            int next = end < 0 ? line.length() : end + 1;
            value.append(line, at, next);
            at = next;
        }
    }
}
