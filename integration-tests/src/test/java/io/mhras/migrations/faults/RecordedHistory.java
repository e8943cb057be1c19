package io.mhras.migrations.faults;

import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The history of a database as it stands in its table, read without the engine.
 *
 * @param rows oldest first
 */
record RecordedHistory(List<Row> rows) {

    /**
     * One event.
     *
     * @param statement how many statements of the script are done; null if it says nothing of that
     * @param fingerprint what of the row has to be the same after each run
     */
    record Row(String event, String version, @Nullable Integer statement, String fingerprint) {

        @Override
        public String toString() {
            return event + " " + version + (statement == null ? "" : " " + statement);
        }
    }

    static RecordedHistory of(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        Boolean isThere =
                jdbc.queryForObject("SELECT to_regclass('public.migration_history') IS NOT NULL", Boolean.class);
        if (!Boolean.TRUE.equals(isThere)) {
            return new RecordedHistory(List.of());
        }
        return new RecordedHistory(jdbc.query(
                """
                SELECT event, version, statement,
                       concat_ws(' ', version, description, script, checksum, md5(up_script), fingerprint) AS fingerprint
                FROM public.migration_history ORDER BY id""",
                (row, number) -> new Row(
                        row.getString("event"),
                        row.getString("version"),
                        row.getObject("statement", Integer.class),
                        row.getString("fingerprint"))));
    }

    /** What was applied, in order. */
    List<String> applied() {
        return rows.stream()
                .filter(row -> row.event().equals("APPLIED"))
                .map(Row::version)
                .toList();
    }

    /** The same, with all that has to be the same after each run. */
    List<String> fingerprints() {
        return rows.stream()
                .filter(row -> row.event().equals("APPLIED"))
                .map(Row::fingerprint)
                .toList();
    }

    /** The newest event of a migration; null if there is none. */
    @Nullable Row newest(String version) {
        return rows.stream()
                .filter(row -> row.version().equals(version))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    @Override
    public String toString() {
        return rows.stream().map(Row::toString).collect(Collectors.joining(", "));
    }
}
