package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code \connect}, which {@code pg_dump --create} writes: a new session.
 *
 * @param database where to; null for where it is
 * @param user as whom; null for whom it is
 * @param isElsewhere whether it names a host or a port, or how to connect
 */
record PsqlConnect(
        ScriptPlace place,
        @Nullable String database,
        @Nullable String user,
        boolean isElsewhere) {

    private static final Pattern PARAMETER =
            Pattern.compile("\\s*(\\w+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|(?:[^\\s\\\\]|\\\\.)*)");
    private static final int DATABASE = 0;
    private static final int USER = 1;

    static boolean is(SqlMetaCommand command) {
        return Set.of("c", "connect").contains(command.name());
    }

    static PsqlConnect of(ScriptPlace place) {
        List<String> arguments = new ArrayList<>(place.statement().metaCommand().arguments());
        arguments.removeIf(argument -> argument.startsWith("-reuse-previous="));
        arguments.replaceAll(argument -> argument.startsWith("\"") ? SqlQuote.nameOf(argument) : argument);
        String first = value(arguments, DATABASE);
        if (first != null && first.contains("=")) {
            return ofParameters(place, first);
        }
        boolean isUrl = first != null && first.matches("postgres(ql)?://.*");
        boolean namesHost = arguments.stream().skip(USER + 1).anyMatch(argument -> !argument.equals("-"));
        return new PsqlConnect(place, first, value(arguments, USER), isUrl || namesHost);
    }

    private static @Nullable String value(List<String> arguments, int index) {
        return arguments.size() <= index || arguments.get(index).equals("-") ? null : arguments.get(index);
    }

    private static PsqlConnect ofParameters(ScriptPlace place, String text) {
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
        return new PsqlConnect(place, database, user, isElsewhere);
    }

    /** Makes the session what a new one would be. */
    void in(PostgresSession session, @Nullable QueryMessage open) {
        String here = session.jdbc().queryForObject("SELECT current_database()", String.class);
        if (isElsewhere
                || !(database == null || database.equals(here))
                || !(user == null || user.equals(session.user()))) {
            throw new InvalidMigration(
                    place.statement().text() + " leads away from here: the database '" + here + "', as the user '"
                            + session.user() + "'.",
                    place.location(),
                    "Put what is for another database into migrations of its own. For another user write SET ROLE.");
        }
        QueryMessage message = open == null ? new QueryMessage() : open;
        SessionState.discard().forEach(message::own);
        session.restoreFor(message, place.script());
        if (open == null) {
            session.send(message, QuerySender.IGNORE_ROWS);
        }
    }

    InvalidMigration losesTransaction() {
        return new InvalidMigration(
                place.statement().text() + " would roll back the transaction that the script has begun.",
                place.location(),
                "Write COMMIT or ROLLBACK before it.");
    }
}
