package io.mhras.migrations.schema.scratch;

import javax.sql.DataSource;

/** A database that is there for a moment. */
public final class ScratchDatabase implements AutoCloseable {

    private final String name;
    private final String url;
    private final DataSource dataSource;
    private final Runnable end;

    ScratchDatabase(String name, String url, DataSource dataSource, Runnable end) {
        this.name = name;
        this.url = url;
        this.dataSource = dataSource;
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

    /** Drops it, unless it is to be kept. Never throws: what it was made for counts. */
    @Override
    public void close() {
        end.run();
    }
}
