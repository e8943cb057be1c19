package io.mhras.migrations.cli.report;

import io.mhras.migrations.MigrationStatus.Item;
import java.util.List;
import java.util.Locale;

/**
 * A bar for each migration that ran, in order, as high as it took long.
 *
 * @param items all migrations
 */
record DurationChart(List<Item> items) {

    private static final int HEIGHT = 100;
    private static final double LOWEST_BAR = 0.7;

    /** A few bars do not grow to walls. */
    private static final int FEWEST_PLACES = 30;

    void draw(Html html) {
        List<Item> ran = items.stream().filter(Report::hasRun).toList();
        long longest = ran.stream()
                .mapToLong(item -> Report.duration(item).toMillis())
                .max()
                .orElse(0);
        if (ran.isEmpty()) {
            return;
        }
        html.element("h2", "", "How long each took")
                .raw("\n<svg viewBox=\"0 0 " + Math.max(FEWEST_PLACES, ran.size()) + " " + HEIGHT
                        + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                .escaped("How long each of " + ran.size() + " migrations took, at most " + longest + " ms")
                .raw("\">\n");
        for (int i = 0; i < ran.size(); i++) {
            Item item = ran.get(i);
            double height =
                    Math.max(LOWEST_BAR, (double) HEIGHT * Report.duration(item).toMillis() / Math.max(1, longest));
            html.raw(String.format(
                            Locale.ROOT,
                            "<rect x=\"%.2f\" y=\"%.2f\" width=\"0.8\" height=\"%.2f\">",
                            i + 0.1,
                            HEIGHT - height,
                            height))
                    .element("title", "", item.version() + " " + item.description() + ": " + Report.took(item))
                    .raw("</rect>\n");
        }
        html.raw("</svg>\n");
        html.element("p", "faint", range(ran) + "the highest is " + longest + " ms.")
                .raw("\n");
    }

    private static String range(List<Item> ran) {
        return ran.size() == 1
                ? ran.get(0).version() + "; "
                : "From " + ran.get(0).version() + " to "
                        + ran.get(ran.size() - 1).version() + ", in the order in which they run; ";
    }
}
