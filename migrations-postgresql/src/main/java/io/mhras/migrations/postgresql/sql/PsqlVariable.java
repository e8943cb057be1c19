package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.text.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What {@code \set} means in a migration: psql's own variables control psql, all others are text to be substituted. */
final class PsqlVariable {

    private static final Set<String> OF_OUTPUT = Set.of(
            "ECHO",
            "ECHO_HIDDEN",
            "FETCH_COUNT",
            "HIDE_TABLEAM",
            "HIDE_TOAST_COMPRESSION",
            "QUIET",
            "SHOW_ALL_RESULTS",
            "SHOW_CONTEXT",
            "VERBOSITY",
            "PROMPT1",
            "PROMPT2",
            "PROMPT3");

    private static final Set<String> YES = Set.of("", "1", "on", "true", "yes");

    private PsqlVariable() {}

    static PsqlCommand set(List<String> arguments) {
        String variable = arguments.isEmpty() ? "" : arguments.get(0);
        String value = arguments.size() < 2 ? "" : arguments.get(1).toLowerCase(Locale.ROOT);
        boolean isUsual = Set.of("ON_ERROR_STOP", "AUTOCOMMIT").contains(variable) && YES.contains(value);
        if (variable.isEmpty() || isUsual || OF_OUTPUT.contains(variable)) {
            return PsqlCommand.NOTHING_TO_DO;
        }
        return switch (variable) {
            case "ON_ERROR_STOP" ->
                new PsqlCommand("a migration always stops at the first error.", "Take \\set ON_ERROR_STOP out.");
            case "AUTOCOMMIT" ->
                new PsqlCommand("a migration is one transaction where it can be.", "Take \\set AUTOCOMMIT out.");
            default ->
                PsqlCommand.refused(
                        "set",
                        "Set " + SettingNames.quoted("placeholders." + variable) + ", and write ${" + variable
                                + "} for :" + variable + ".");
        };
    }
}
