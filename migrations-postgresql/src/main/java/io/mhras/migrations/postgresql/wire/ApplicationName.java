package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application_name of a session that migrates, so that every other session can see in {@code pg_stat_activity} how
 * far it is.
 *
 * @param statement which statement of the script runs, from 1
 * @param statements how many it has; null if that is not known
 * @param batch which batch of it runs, from 1; 0 if it is none
 * @param script the script's name, as far as it fits
 */
public record ApplicationName(int statement, @Nullable Integer statements, int batch, String script) {

    private static final String TOOL = "mhras-migrations ";
    private static final Pattern FORM = Pattern.compile(TOOL + "(\\d+)(?:/(\\d+))?(?: batch (\\d+))? (.*)");

    // NAMEDATALEN is 64, with the zero at the end.
    private static final int MAX_BYTES = 63;

    public static ApplicationName of(int statement, @Nullable Integer statements, MigrationScript script) {
        return new ApplicationName(statement, statements, 0, script.name());
    }

    /** Parses the application_name of a session; null if it is not ours. */
    public static @Nullable ApplicationName parse(String name) {
        Matcher parts = FORM.matcher(name);
        if (!parts.matches()) {
            return null;
        }
        return new ApplicationName(
                Integer.parseInt(parts.group(1)),
                parts.group(2) == null ? null : Integer.valueOf(parts.group(2)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)),
                parts.group(4));
    }

    /** As the server keeps it: 63 bytes of ASCII. */
    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(TOOL).append(statement);
        if (statements != null) {
            name.append('/').append(statements);
        }
        if (batch > 0) {
            name.append(" batch ").append(batch);
        }
        name.append(' ').append(script);
        name.setLength(Math.min(name.length(), MAX_BYTES));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~') {
                name.setCharAt(i, '?');
            }
        }
        return name.toString();
    }

    /** The statement that sets it. It can be anywhere in a message, and takes effect at once. */
    public String set() {
        return "SET application_name = " + SqlQuote.literal(toString());
    }
}
