package io.mhras.migrations.postgresql.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one of psql's own commands means in a migration.
 *
 * @param problem why it is refused; null if psql's output is all that it concerns, and so nothing is to be done
 * @param remedy what to do then
 */
record PsqlCommand(@Nullable String problem, String remedy) {

    static final PsqlCommand NOTHING_TO_DO = new PsqlCommand(null, "");

    private static final Set<String> OF_OUTPUT = Set.of(
            ("a C conninfo copyright echo errverbose f H h help html l l+ list p print pset qecho restrict sf sf+ sv sv+ t T"
                            + " timing unrestrict warn x z ?")
                    .split(" "));

    static PsqlCommand of(SqlMetaCommand command) {
        String name = command.name();
        List<String> arguments = command.arguments();
        if (arguments.stream().anyMatch(argument -> argument.contains("`") || argument.startsWith("|"))) {
            return refused(name, "Take it out; a migration runs no programs of your system.");
        }
        return switch (name) {
            case "c", "connect" -> NOTHING_TO_DO;
            case "set" -> PsqlVariable.set(arguments);
            case "encoding" -> encoding(arguments);
            case "g", "gx" -> arguments.isEmpty() ? NOTHING_TO_DO : refused(name, "Write a semicolon in its place.");
            default -> {
                boolean shows = OF_OUTPUT.contains(name) || name.matches("d[A-Za-z+]*");
                yield shows ? NOTHING_TO_DO : refused(name, remedy(name));
            }
        };
    }

    /** {@code SQL_ASCII}, which pg_dump writes before the name of a database, leaves all bytes as they are. */
    private static PsqlCommand encoding(List<String> arguments) {
        ClientEncoding encoding = new ClientEncoding(arguments.isEmpty() ? "UTF8" : arguments.get(0));
        return encoding.isOneOf("UTF8", "UTF-8", "SQL_ASCII")
                ? NOTHING_TO_DO
                : new PsqlCommand(encoding.problem(), ClientEncoding.REMEDY);
    }

    static PsqlCommand refused(String name, String remedy) {
        return new PsqlCommand("\\" + name + " is a command of psql, not of the server.", remedy);
    }

    private static String remedy(String name) {
        return switch (name) {
            case "i", "ir", "include", "include_relative" ->
                "Put here what that file holds, or make it a migration of its own.";
            case "copy" -> "Write COPY ... FROM stdin; and below it the data, and then a line with \\. alone.";
            case "gexec", "gset", "if", "elif", "else", "endif" ->
                "Write a DO block: it can decide, keep a value, and EXECUTE what a query has put together.";
            case "bind", "bind_named", "parse" -> "Write the values into the statement.";
            case "q", "quit" -> "Take it out, and everything after it, which psql would not run.";
            case ";" -> "Write a plain semicolon.";
            case ":" -> "Write a plain colon: nothing is put in place of :name here.";
            default -> "Take it out; a migration is one file of SQL.";
        };
    }
}
