package io.mhras.migrations.cli.report;

import io.mhras.migrations.cli.report.Answer.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reports of all databases that were asked for.
 *
 * @param unread why there is none of a database, by its kind
 */
public record Reports(Instant at, List<Report> reports, Map<String, String> unread) {

    /** The reports among what was answered of each. */
    public static Reports of(Instant at, Map<String, @Nullable Object> answers) {
        List<Report> reports = new ArrayList<>();
        Map<String, String> unread = new LinkedHashMap<>();
        answers.forEach((database, answer) -> {
            if (answer instanceof Report report) {
                reports.add(report);
            } else if (answer instanceof Failure failure) {
                unread.put(database, failure.error());
            }
        });
        return new Reports(at, reports, unread);
    }

    /** All databases in a line. */
    String title() {
        return reports.stream().map(Report::title).collect(Collectors.joining(", "));
    }
}
