package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.postgresql.sql.CopyData;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes statements down for psql, so that it sends to the server what we would send. */
public final class PsqlWriter implements QuerySender {

    private final Writer out;

    public PsqlWriter(Writer out) {
        this.out = out;
    }

    /** Writes lines as they are. */
    PsqlWriter lines(String... lines) {
        try {
            for (String line : lines) {
                out.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writes a comment, whatever is in a name or an error that it tells of. */
    PsqlWriter comment(String text) {
        return lines(("-- " + VisibleText.oneLine(text)).stripTrailing());
    }

    /** Writes statements of ours. */
    PsqlWriter own(Iterable<String> statements) {
        statements.forEach(statement -> lines(statement + ";"));
        return this;
    }

    /** Writes a query of ours whose row goes into variables and not to the screen. */
    PsqlWriter query(String sql) {
        return lines(sql, "\\gset mhras_");
    }

    /** Writes one of psql's own commands whose argument is this text. */
    PsqlWriter command(String name, String text) {
        return lines("\\" + name + " '"
                + VisibleText.oneLine(text).replace("\\", "\\\\").replace("'", "''") + "'");
    }

    /** Of a message only the script's own statements: the rest of it is for observers of a run of ours. */
    @Override
    public void send(QueryMessage message, RowConsumer rows) {
        for (QueryMessage.Part part : message.parts()) {
            SqlStatement statement = part.statement();
            if (statement != null) {
                statement(statement);
            }
        }
    }

    /** Writes a statement of a script. */
    void statement(SqlStatement statement) {
        String text = text(statement);
        boolean mayEndInComment = text.indexOf("--", text.lastIndexOf('\n') + 1) >= 0;
        lines(text + (mayEndInComment ? "\n;" : ";"));
    }

    /** Its text; {@code a[1:n]} with a space after the colon, since psql would put a variable's value in place of {@code :n}. */
    static String text(SqlStatement statement) {
        StringBuilder text = new StringBuilder(statement.text());
        SqlLexer tokens = statement.tokens();
        int added = 0;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.kind() == SqlLexer.Kind.VARIABLE) {
                text.insert(tokens.start() + 1 + added++, ' ');
            }
        }
        return text.toString();
    }

    @Override
    public long copy(SqlStatement statement, CopyData data, int number) throws IOException {
        statement(statement);
        char[] buffer = new char[8192];
        char last = '\n';
        for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
            out.write(buffer, 0, read);
            last = buffer[read - 1];
        }
        lines((last == '\n' ? "" : "\n") + "\\.");
        return 0;
    }
}
