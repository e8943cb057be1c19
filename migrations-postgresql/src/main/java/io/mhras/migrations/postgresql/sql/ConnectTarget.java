package io.mhras.migrations.postgresql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code \connect} leads to.
 *
 * @param database the database; null for the current one
 * @param user the user; null for the current one
 * @param isElsewhere whether it names a host or a port, or how to connect
 */
public record ConnectTarget(
        @Nullable String database, @Nullable String user, boolean isElsewhere) {

    private static final Pattern PARAMETER =
            Pattern.compile("\\s*(\\w+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|(?:[^\\s\\\\]|\\\\.)*)");
    private static final int DATABASE = 0;
    private static final int USER = 1;

    public static ConnectTarget of(SqlMetaCommand command) {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.removeIf(argument -> argument.startsWith("-reuse-previous="));
        arguments.replaceAll(argument -> argument.startsWith("\"") ? SqlQuote.nameOf(argument) : argument);
        String first = value(arguments, DATABASE);
        if (first != null && first.contains("=")) {
            return ofParameters(first);
        }
        boolean isUrl = first != null && first.matches("postgres(ql)?://.*");
        boolean namesHost = arguments.stream().skip(USER + 1).anyMatch(argument -> !argument.equals("-"));
        return new ConnectTarget(first, value(arguments, USER), isUrl || namesHost);
    }

    private static @Nullable String value(List<String> arguments, int index) {
        return arguments.size() <= index || arguments.get(index).equals("-") ? null : arguments.get(index);
    }

    private static ConnectTarget ofParameters(String text) {
        String database = null;
        String user = null;
        boolean isElsewhere = false;
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String value = parameter.group(2).replaceAll("^'|'$", "").replaceAll("\\\\(.)", "$1");
            switch (parameter.group(1)) {
                case "dbname" -> database = value;
                case "user" -> user = value;
                default -> isElsewhere = true;
            }
        }
        return new ConnectTarget(database, user, isElsewhere);
    }

    public boolean is(@Nullable String currentDatabase, String currentUser) {
        return !isElsewhere
                && (database == null || database.equals(currentDatabase))
                && (user == null || user.equals(currentUser));
    }
}
