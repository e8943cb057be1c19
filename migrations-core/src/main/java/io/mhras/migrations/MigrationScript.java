package io.mhras.migrations;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One script of a migration: its name, checksum and options, and a way to read its text.
 *
 * <p>The text is read when it is needed, not kept: thousands of files cost no memory. Immutable, if its content is.
 *
 * @param name the file's name without its folder, for example {@code 001_initial.sql}
 * @param location where it was found, as users would look for it, for example {@code classpath:db/migration/001_initial.sql}
 * @param checksum see {@link Checksum}
 * @param options what its header says
 * @param content opens its text
 */
public record MigrationScript(String name, String location, String checksum, Options options, Content content)
        implements MigrationBody {

    /** Opens a script's text: without byte order mark, placeholders replaced. */
    @FunctionalInterface
    public interface Content {
        Reader open() throws IOException;

        /** The same with its placeholders still in it. */
        default Reader openAsWritten() throws IOException {
            return open();
        }

        /** Whether a placeholder may be in it. */
        default boolean hasPlaceholders() {
            return false;
        }
    }

    /** Whether a script runs in a transaction. */
    public enum Transaction {
        /** What the script contains decides. */
        AUTO,
        /** The whole file in one transaction. */
        FILE,
        /** Each statement by itself. */
        NONE
    }

    /**
     * What a script's header says about how to run it.
     *
     * @param transaction {@code -- migrate:transaction none|file}
     * @param lockTimeout {@code -- migrate:lock-timeout 5s}; null for the configured one
     * @param batch {@code -- migrate:batch size=1000 pause=50ms}; null for a script that runs once
     * @param until {@code -- migrate:verify-until 010}: a check is not run any more once that is applied; null if it holds
     *     for good
     */
    public record Options(
            Transaction transaction,
            @Nullable Duration lockTimeout,
            @Nullable Batch batch,
            @Nullable MigrationVersion until) {

        /** Of a script that is no check, or one that holds for good. */
        public Options(Transaction transaction, @Nullable Duration lockTimeout, @Nullable Batch batch) {
            this(transaction, lockTimeout, batch, null);
        }

        /** A script without a header. */
        public static final Options DEFAULT = new Options(Transaction.AUTO, null, null);
    }

    /**
     * How a script's one statement changes many rows: again and again, each time in a transaction of its own, until it
     * changes none.
     *
     * @param size the number that replaces {@code :batch} in it
     * @param pause between two transactions
     */
    public record Batch(int size, Duration pause) {}

    /** A script that is given as text. */
    public static MigrationScript ofText(String name, String location, String text) {
        return new MigrationScript(name, location, Checksum.of(text), Options.DEFAULT, () -> new StringReader(text));
    }

    /**
     * Opens the text.
     *
     * <p>A file that was changed since it was loaded is an {@link MigrationException.InvalidMigration}; of a long one this is
     * thrown where the text would end, by the reader's {@code read}.
     */
    public Reader open() {
        try {
            return content.open();
        } catch (IOException e) {
            throw MigrationException.InvalidMigration.unreadable(location, e);
        }
    }

    /**
     * Reads the whole text, for a caller that could not undo what it ran of a changed file.
     *
     * @throws MigrationException.InvalidMigration if the file was changed since it was loaded
     */
    public void requireUnchanged() {
        try (Reader reader = content.open()) {
            reader.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw MigrationException.InvalidMigration.unreadable(location, e);
        }
    }

    /** The whole text. */
    public String text() {
        try (Reader reader = content.open()) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw MigrationException.InvalidMigration.unreadable(location, e);
        }
    }
}
