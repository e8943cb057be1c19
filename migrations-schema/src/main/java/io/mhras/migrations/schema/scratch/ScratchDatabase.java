package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationSet;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A database that is there for a moment. */
public final class ScratchDatabase implements AutoCloseable {

    private final String name;
    private final String url;
    private final DataSource dataSource;
    private final UnaryOperator<MigrationSet> renaming;
    private final Runnable end;
    private boolean isOver;

    ScratchDatabase(
            String name, String url, DataSource dataSource, UnaryOperator<MigrationSet> renaming, Runnable end) {
        this.name = name;
        this.url = url;
        this.dataSource = dataSource;
        this.renaming = renaming;
        this.end = end;
    }

    /** Connections to it, as the user who made it. */
    public DataSource dataSource() {
        return dataSource;
    }

    public String name() {
        return name;
    }

    /** Its address, without a password. */
    public String url() {
        return url;
    }

    /** The migrations as they are sent to it: where they name the real database, its name stands. */
    public MigrationSet renamed(MigrationSet set) {
        return renaming.apply(set);
    }

    /** Drops it, unless it is to be kept. Never throws: what it was made for counts. */
    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            end.run();
        }
    }
}
