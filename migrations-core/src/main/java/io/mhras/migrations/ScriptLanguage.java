package io.mhras.migrations;

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
}
