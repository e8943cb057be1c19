package io.mhras.migrations;

import java.util.List;
import java.util.Optional;

/** The language of a database's scripts, as far as it can be read without a connection. Thread-safe. */
public interface ScriptLanguage {

    /** Whether two texts differ in nothing but comments and white space. */
    boolean sameStatements(String one, String other);

    /** How many statements a script has; at most so many are counted, also where they cannot be counted. */
    int count(MigrationScript script, int most);

    /** A script's statement without the values in it; the first one is 1. Empty if it has not so many. */
    Optional<String> statement(MigrationScript script, int number);

    /** A script's text, line for line, without the values and the comments in it: they can be user data or a password. */
    String masked(String text);

    /**
     * What stands in a script as placeholders do, {@code ${name}}, where the database would read it: neither in a comment nor
     * in a dollar-quoted body, which may be in a language that writes its variables so.
     */
    List<Placeholder> placeholders(MigrationScript script);

    /** The key of the setting that gives a placeholder its value; one with a colon or the like goes into brackets. */
    static String settingOf(String placeholder) {
        return "placeholders." + (placeholder.matches("[\\w.-]+") ? placeholder : "[" + placeholder + "]");
    }

    /**
     * A name in a script that a value could stand for.
     *
     * @param name without what is around it
     * @param place where it begins
     */
    record Placeholder(String name, SourceLocation place) {}
}
