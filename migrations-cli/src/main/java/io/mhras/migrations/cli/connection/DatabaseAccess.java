package io.mhras.migrations.cli.connection;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.options.DatabaseOptions;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a kind of database is reached: how it is located, what can be set, and what it can do without a connection. */
interface DatabaseAccess {

    DatabaseKind kind();

    /** The settings that are this kind's alone. */
    List<String> settings();

    /** Whether it is configured; if it is not, there can be no connection. */
    boolean isConfigured(DatabaseOptions options, Settings settings, Map<String, String> environment);

    /** The environment's {@code DATABASE_URL}, if it leads to this kind. */
    default @Nullable String databaseUrl(Map<String, String> environment) {
        String url = Settings.first(environment.get("DATABASE_URL"));
        return url == null || DatabaseOptions.kind(url) != kind() ? null : url;
    }

    /** @throws InvalidSettingException if no database is configured */
    DatabaseConnection connect(DatabaseOptions options, Settings settings, Terminal terminal);

    /** Whether there are scripts for others to run. */
    boolean canWriteScripts();

    /** @throws InvalidSettingException if there are none of this kind, with what to do instead */
    ScriptWriter scriptWriter(DatabaseOptions options, Settings settings);
}
