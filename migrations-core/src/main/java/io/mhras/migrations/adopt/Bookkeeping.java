package io.mhras.migrations.adopt;

import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A table in which a tool keeps what it has migrated, or its lock. */
public sealed interface Bookkeeping {

    /** Documents of ours have no field for what is not there. */
    Set<String> IN_EACH_EVENT = Set.of("event", "version", "checksum", "execution_ms", "fingerprint");

    /** A history of ours, this service's or another's. */
    record Ours() implements Bookkeeping {}

    /**
     * Another tool's.
     *
     * @param title as a sentence names it
     */
    record Theirs(String title) implements Bookkeeping {}

    /**
     * Whose the table is, beyond doubt; empty if it is none. Its columns decide: with a tool's usual name alone a table
     * is not taken for its history.
     *
     * @param table with its columns in lower case
     */
    static Optional<Bookkeeping> in(Table table) {
        return in(table, Kind.TABLE);
    }

    /** The same for a collection, with the fields that its documents have. */
    static Optional<Bookkeeping> in(Table table, Kind kind) {
        if (OtherTool.isOurs(table.columns())
                || (kind == Kind.COLLECTION && table.columns().containsAll(IN_EACH_EVENT))) {
            return Optional.of(new Ours());
        }
        return OtherHistories.whose(table, kind).or(() -> lockedBy(table)).map(tool -> new Theirs(tool.inWords()));
    }

    private static Optional<OtherTool> lockedBy(Table table) {
        Map<OtherTool, Table> locks = Map.of(
                OtherTool.LIQUIBASE,
                new Table(null, "databasechangeloglock", Set.of("id", "locked", "lockgranted", "lockedby")),
                OtherTool.KNEX,
                new Table(null, "knex_migrations_lock", Set.of("index", "is_locked")));
        return locks.entrySet().stream()
                .filter(lock -> lock.getValue().name().equals(table.name())
                        && lock.getValue().columns().equals(table.columns()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
