package io.mhras.migrations.cli.options;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What other tools call our options. */
public final class ForeignOptions {

    private static final Map<String, List<String>> NAMES = Map.of(
            "--url",
            List.of(
                    "--database-url",
                    "--database",
                    "--db-url",
                    "--db",
                    "--uri",
                    "--dsn",
                    "--connection",
                    "--connection-string",
                    "--jdbc-url",
                    "--host",
                    "--mongodb-url",
                    "--database_url"),
            "--locations",
            List.of("--dir", "--directory", "--folder", "--migrations-dir", "--migration-path", "--path", "--source"),
            "--username",
            List.of("--user"),
            "--table",
            List.of("--migrations-table", "--history-table", "--collection"),
            "--schema",
            List.of("--search-path", "--default-schema", "--schemas"),
            "--env-file",
            List.of("--dotenv", "--environment"),
            "--config",
            List.of("--config-files", "--properties", "--defaults-file"),
            "--format json",
            List.of("--json", "--output-format"),
            "--force",
            List.of("--yes", "-y", "--no-prompt", "--assume-yes"),
            "--wait",
            List.of("--wait-timeout", "--lock-wait"));

    private ForeignOptions() {}

    /** Ours for what another tool's users write; null if it is not known. */
    public static @Nullable String ours(String given) {
        String name = given.replaceFirst("=.*", "");
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
