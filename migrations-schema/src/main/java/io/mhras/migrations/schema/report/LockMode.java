package io.mhras.migrations.schema.report;

import java.util.Locale;
import java.util.stream.Stream;

/** How PostgreSQL locks a relation, from the weakest to the strongest. */
public enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String inCatalog;

    LockMode(String inCatalog) {
        this.inCatalog = inCatalog;
    }

    /** The mode that {@code pg_locks} calls so. */
    public static LockMode of(String inCatalog) {
        return Stream.of(values())
                .filter(mode -> mode.inCatalog.equals(inCatalog))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no lock mode " + inCatalog));
    }

    /** Whether nobody else can read the relation meanwhile. */
    public boolean blocksReads() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Whether nobody else can change rows of the relation meanwhile. */
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    /** As PostgreSQL's manual writes it: {@code SHARE ROW EXCLUSIVE}. */
    @Override
    public String toString() {
        return name().toUpperCase(Locale.ROOT).replace('_', ' ');
    }
}
