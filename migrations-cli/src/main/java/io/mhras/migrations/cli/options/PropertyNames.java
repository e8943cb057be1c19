package io.mhras.migrations.cli.options;

import io.mhras.migrations.text.SettingNames;
import java.util.Map;

/** Names settings by the options of the command line; what has none, as {@code migrations.properties} has it. */
public final class PropertyNames implements SettingNames {

    private static final String PLACEHOLDER = "placeholders.";

    /** By the key, without the kind of database. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("url", "--url"),
            Map.entry("uri", "--url"),
            Map.entry("database", "--url"),
            Map.entry("username", "--username"),
            Map.entry("password", "--password-file"),
            Map.entry("schema", "--schema"),
            Map.entry("table", "--table"),
            Map.entry("collection", "--table"),
            Map.entry("lock-timeout", "--lock-timeout"),
            Map.entry("statement-timeout", "--statement-timeout"),
            Map.entry("retry.limit", "--retry-limit"),
            Map.entry("other-instance-timeout", "--wait"),
            Map.entry("connect-timeout", "--connect-timeout"),
            Map.entry("locations", "--locations"),
            Map.entry("target", "--target"),
            Map.entry("undeclared-placeholders", "--undeclared-placeholders"),
            Map.entry("out-of-order", "--out-of-order"),
            Map.entry("adopt", "--adopt"),
            Map.entry("schema-file", "--schema-file"),
            Map.entry("from", "--from"),
            Map.entry("save-case", "--save-case"),
            Map.entry("scratch.on", "--on"),
            Map.entry("scratch.embedded", "--embedded"),
            Map.entry("scratch.server-dir", "--server-dir"),
            Map.entry("scratch.into", "--into"));

    @Override
    public String nameOf(String key) {
        String option = key.startsWith(PLACEHOLDER)
                ? "--placeholder " + key.substring(PLACEHOLDER.length()).replaceAll("^\\[|]$", "") + "=VALUE"
                : OPTIONS.get(key.replaceFirst("^(?:postgresql|mongodb)\\.", ""));
        return option == null ? "mhras.migrations." + key : option;
    }
}
