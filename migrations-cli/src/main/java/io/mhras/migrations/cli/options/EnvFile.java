package io.mhras.migrations.cli.options;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of environment variables, as services of all kinds keep one: {@code NAME=value}, a line each. */
public final class EnvFile {

    /** The file that is read if it is there. */
    public static final String FILE = ".env";

    private static final Pattern NAME =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*=[ \\t]*");
    // Only in braces: in a password a dollar sign is one.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^{}]*))?}");

    private final Path path;
    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> found = new LinkedHashMap<>();

    private EnvFile(Path path, String text, Map<String, String> environment) {
        this.path = path;
        this.text = text;
        this.environment = environment;
    }

    /**
     * The environment, and what the file has beside it: a variable that is set wins.
     *
     * @param given the file that was asked for; null for {@value #FILE} in the working folder, if it is there
     * @throws InvalidSettingException if it cannot be read
     */
    public static Map<String, String> added(Map<String, String> environment, @Nullable Path given) {
        Path path = given == null ? Path.of(FILE) : given;
        if (given == null && !Files.isRegularFile(path)) {
            return environment;
        }
        try {
            Map<String, String> all = new LinkedHashMap<>(
                    new EnvFile(path, Files.readString(path).replaceFirst("^\ufeff", ""), environment).read());
            all.putAll(environment);
            return all;
        } catch (IOException e) {
            String reason = e instanceof CharacterCodingException
                    ? "it is not UTF-8"
                    : Files.exists(path) ? String.valueOf(e.getMessage()) : "it is not there";
            throw new InvalidSettingException(
                    "The variables in " + path + " cannot be read: " + reason + ".",
                    "Correct the file, or name another one with --env-file.");
        }
    }

    /** What is no assignment is skipped: the file is also read by others. */
    private Map<String, String> read() {
        Matcher name = NAME.matcher(text);
        int position = 0;
        while (position < text.length()) {
            int end = name.region(position, text.length()).lookingAt() ? value(name.group(1), name.end()) : position;
            position = 1 + endOfLine(end);
        }
        return found;
    }

    /** Reads the value that begins here, and returns where it ends. */
    private int value(String name, int begin) {
        char first = begin == text.length() ? '\n' : text.charAt(begin);
        if (first == '\'' || first == '"') {
            int end = endOfQuoted(begin, first);
            String quoted = text.substring(begin + 1, end);
            found.put(name, first == '"' ? expanded(unescaped(quoted)) : quoted);
            return end;
        }
        String value = text.substring(begin, endOfLine(begin));
        found.put(name, expanded(value.replaceFirst("(?:^|\\s)#.*", "").strip()));
        return begin;
    }

    private int endOfLine(int begin) {
        int end = text.indexOf('\n', begin);
        return end < 0 ? text.length() : end;
    }

    private int endOfQuoted(int begin, char quote) {
        for (int i = begin + 1; i < text.length(); i++) {
            if (quote == '"' && text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        long line = 1
                + text.substring(0, begin)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
        throw new InvalidSettingException(
                path + ":" + line + ": the value begins with " + quote + ", and nothing ends it.",
                "Correct the file, or name another one with --env-file.");
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)", Pattern.DOTALL)
                .matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            case "\"", "\\", "$" -> escape.group(1);
                            default -> escape.group();
                        }));
    }

    private String expanded(String value) {
        return VARIABLE.matcher(value).replaceAll(variable -> {
            String name = variable.group(1);
            String usual = variable.group(2) == null ? variable.group() : variable.group(2);
            return Matcher.quoteReplacement(environment.getOrDefault(name, found.getOrDefault(name, usual)));
        });
    }
}
