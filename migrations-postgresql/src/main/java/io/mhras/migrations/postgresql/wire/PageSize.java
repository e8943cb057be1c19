package io.mhras.migrations.postgresql.wire;

/** How many rows to fetch at a time, so that a page of them stays small, whatever the size of a row. */
final class PageSize {

    private static final int FIRST = 16;
    private static final int MOST = 1_000;
    private static final long BYTES = 1_000_000;

    private int rows = FIRST;

    int rows() {
        return rows;
    }

    /** Learns from so many rows of the page before. */
    void learn(int seen, long bytes) {
        if (seen > 0) {
            long perRow = Math.max(1, bytes / seen);
            // The next rows may be larger than these.
            rows = (int) Math.max(1, Math.min(Math.min(rows * 4L, MOST), BYTES / perRow));
        }
    }
}
