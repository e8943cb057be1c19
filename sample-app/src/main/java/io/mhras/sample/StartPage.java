package io.mhras.sample;

import io.mhras.migrations.engine.Migrator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page at {@code /}: what there is to look at. */
@RestController
class StartPage {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="UTF-8">
              <title>MHRAS Migrations: sample</title>
              <style>
                body { font-family: sans-serif; line-height: 1.5; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
                dt { margin-top: 0.8rem; }
              </style>
            </head>
            <body>
              <h1>MHRAS Migrations: sample</h1>
              <p>This is the system <b>%s</b>. Its migrations ran before this page could be served. What to look at:</p>
              <dl>
            %s
              </dl>
              <p>The migration files are in <code>sample-app/src/main/resources/db</code>. Add one and start again.
                The other systems are the profiles <code>healthcare</code>, <code>compliance</code> (with MongoDB),
                <code>auditor</code> and <code>allied-health</code>.</p>
            </body>
            </html>
            """;

    private final String page;

    StartPage(List<Migrator> migrators, Environment environment) {
        List<Link> links = new ArrayList<>();
        links.add(new Link("/actuator/migrations", "the state of each database and of each of its migrations"));
        for (Migrator migrator : migrators) {
            String history = "/actuator/migrations/" + migrator.database();
            links.add(new Link(history, "the history of " + migrator.database() + ", newest event first"));
            links.add(new Link(history + "/001", "one migration, and what has happened to it"));
        }
        links.add(new Link("/actuator/health/readiness", "the health check, with the migrations in it"));
        links.add(new Link("/actuator/metrics/mhras.migrations.applied", "one of the metrics"));
        links.add(new Link("/actuator/startup", "the start-up steps; look for mhras.migrations.migrate"));
        links.add(new Link("/tables", "the tables and views in PostgreSQL"));
        if (environment.acceptsProfiles(Profiles.of("default"))) {
            links.add(new Link("/reviews", "the service at work: predictions that await review, none yet"));
        }
        this.page = PAGE.formatted(
                environment.getRequiredProperty("spring.application.name"),
                links.stream().map(Link::html).collect(Collectors.joining("\n")));
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        return page;
    }

    private record Link(String path, String what) {

        String html() {
            return "    <dt><a href=\"%1$s\">%1$s</a></dt>\n    <dd>%2$s</dd>".formatted(path, what);
        }
    }
}
