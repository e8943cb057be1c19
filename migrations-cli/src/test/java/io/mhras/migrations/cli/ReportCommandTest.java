package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The report, of a database where something is applied, something failed, and a foreign key has no index. */
class ReportCommandTest extends CommandTest {

    @BeforeEach
    void applyTwoAndFailOne() throws IOException {
        writeThree();
        write("002_add_consent.sql", """
                ALTER TABLE patients ADD COLUMN consent BOOLEAN, ADD COLUMN referrer BIGINT
                    CONSTRAINT patients_referrer REFERENCES patients;
                CREATE TABLE "<b>&'x" (id INT);
                """);
        write("003_create_visits.sql", "-- migrate:transaction none\nSELECT 1;\nSELECT '<&\u0001>' FROM nowhere;\n");
        write("004_of_<b>&_.sql", "SELECT 1;\n");
        done("apply", "002");
        assertThat(run("apply").code()).isEqualTo(1);
    }

    @Test
    void asTextItHasEachPartAndFitsATerminal() {
        CommandRun run = CommandRun.onScreen(80, environment(), "report");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.out())
                .startsWith("Migrations of " + database.name() + " on PostgreSQL ")
                .contains("State: failed (1 pending, 2 applied, 1 failed)\n", "Current: 002; head: 004\n")
                .containsPattern(
                        "(?m)^001 +applied +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +\\d+ ms +create patients$")
                .containsPattern("(?m)^Failures\n\nWHEN +SCRIPT +ERROR\n\\d.* 003_create_visits.sql +ERROR: relation ")
                .contains("\nSlowest\n", "\nWhat needs care\n", "\nTables\n", "\nIndexes\n")
                .contains(
                        "foreign key without index: public.patients\n  patients_referrer (referrer) refers to patients;")
                .contains("  CREATE INDEX CONCURRENTLY ON public.patients (referrer);\n")
                .containsPattern(
                        "(?m)^Connections: \\d+ of \\d+ connections of the server taken, \\d+ of this database at$")
                .contains("public.patients_pkey on public.patients");
    }

    @Test
    void anEmptyDatabaseHasAReportToo() {
        assertThat(done("clean", "--force", database.name()).code()).isZero();

        CommandRun run = done("report");

        assertThat(run.out())
                .contains("State: pending (4 pending)", "Current: none; head: 004")
                .doesNotContain("Slowest");
        assertThat(run.out()).contains("What needs care\n\nNothing was found.");
        assertThat(tables()).isEmpty();
        assertThat(done("report", "--format", "html").out())
                .contains("<p class=\"open\">State: pending", "<h2>What needs care</h2>")
                .doesNotContain("<h2>Slowest</h2>", "<h2>Tables</h2>", "<h2>Indexes</h2>", "<svg");
    }

    @Test
    void toMarkTakesNoTime() {
        done("clean", "--force", database.name());
        done("stamp", "004");

        JsonNode report = done("report", "--format", "json").json();

        assertThat(report.get("total").asString()).isEqualTo("PT0S");
        assertThat(report.get("slowest")).isEmpty();
        assertThat(done("report").out()).containsPattern("(?m)^001 +stamped +[-0-9]+ [:0-9]+ +create patients$");
        assertThat(done("report", "--format", "html").out()).doesNotContain("<svg");
    }

    @Test
    void asJsonItHasEverything() {
        JsonNode report = done("report", "--format", "json").json();

        assertThat(report.get("state").asString()).isEqualTo("FAILED");
        assertThat(report.get("counts").get("APPLIED").asInt()).isEqualTo(2);
        assertThat(report.get("migrations")).hasSize(4);
        assertThat(report.get("migrations").get(0).get("duration").asString()).startsWith("PT");
        assertThat(report.get("slowest")).hasSize(2);
        assertThat(report.get("failures").get(0).get("script").asString()).isEqualTo("003_create_visits.sql");
        JsonNode health = report.get("health");
        assertThat(health.get("name").asString()).isEqualTo(database.name());
        assertThat(health.get("findings").get(0).get("kind").asString()).isEqualTo("FOREIGN_KEY_WITHOUT_INDEX");
        assertThat(health.get("tables").get(0).has("bytes")).isTrue();
        assertThat(health.get("connections").get("limit").asInt()).isPositive();
    }

    @Test
    void asHtmlItIsOnePageWithNothingFromElsewhereAndAllNamesEscaped() throws Exception {
        Path file = folder.resolve("../report-" + database.name() + ".html").normalize();
        try {
            CommandRun run = done("report", "--format", "html", "--output", file.toString());

            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isEqualTo("Wrote " + file + ".\n");
            String page = Files.readString(file);
            assertThat(page)
                    .contains("@media (prefers-color-scheme: dark)", "@media print", "<svg viewBox=\"0 0 30 100\"")
                    .contains("<p class=\"bad\">State: failed", "<td class=\"lines\">003_create_visits.sql failed")
                    .contains("<title>001 create patients: ", "of &lt;b&gt;&amp;", "&lt;b&gt;&amp;&#39;x")
                    .contains("CREATE INDEX CONCURRENTLY ON public.patients (referrer);")
                    .doesNotContain("<script", "<b>", "http:", "https:", "url(", "@import");
            // What an XML parser takes, every tag of it is closed.
            String body = page.substring(page.indexOf("<body>"))
                    .replace("</html>", "")
                    .replace("\u0001", "");
            assertThat(DocumentBuilderFactory.newDefaultInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                            .getElementsByTagName("rect")
                            .getLength())
                    .isEqualTo(2);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void asJUnitsXmlItIsReadAsPipelinesDo() throws Exception {
        write("001_create_patients.sql", "CREATE TABLE other (id INT);\n");
        Path file = folder.resolve("../TEST-" + database.name() + ".xml").normalize();
        try {
            done("report", "--format", "junit", "-o", file.toString());

            List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());

            assertThat(suites).singleElement().satisfies(suite -> {
                assertThat(suite.getFullClassName()).isEqualTo("migrations.postgresql");
                assertThat(suite.getNumberOfTests()).isEqualTo(4);
                assertThat(suite.getNumberOfFailures()).isEqualTo(2);
                assertThat(suite.getNumberOfSkipped()).isEqualTo(1);
                assertThat(suite.getNumberOfErrors()).isZero();
                assertThat(suite.getTestCases())
                        .extracting(ReportTestCase::getName)
                        .containsExactly(
                                "001_create_patients.sql",
                                "002_add_consent.sql",
                                "003_create_visits.sql",
                                "004_of_<b>&_.sql");
                assertThat(suite.getTestCases().get(0).getFailureType()).isEqualTo("changed");
                assertThat(suite.getTestCases().get(1).isSuccessful()).isTrue();
                assertThat(suite.getTestCases().get(2).getFailureMessage()).contains("nowhere");
                assertThat(suite.getTestCases().get(3).hasSkipped()).isTrue();
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path nowhere = folder.resolve("nowhere/report.html");

        CommandRun run = run("report", "--format", "html", "-o", nowhere.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "The report cannot be written into " + nowhere + ": there is no folder " + nowhere.getParent())
                .contains("What to do: Correct --output.");
        assertThat(run("report", "-o", folder.toString()).err()).contains("that is a folder");
    }

    @Test
    void onlyThisVerbHasTheseFormats() {
        assertThat(run("report", "--help").out()).contains("--format=text|json|html|junit");
        assertThat(run("status", "--help").out()).contains("--format=text|json").doesNotContain("html");
        CommandRun run = run("status", "--format", "html");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("Invalid value for option '--format'", "expected one of [text, json] but was 'html'");
        assertThat(run("report", "--format", "xml").err())
                .contains("expected one of [text, json, html, junit] but was 'xml'");
    }
}
