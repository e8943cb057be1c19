package io.mhras.migrations.cli.report;

import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.text.VisibleText;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report as JUnit's XML, which every pipeline can show: each migration is a test. One that failed or contradicts the
 * history has failed, one that is not applied is skipped.
 */
public final class JUnitReport {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final StringWriter text = new StringWriter();

    public JUnitReport(Reports reports) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (Report report : reports.reports()) {
                suite(xml, report);
            }
            for (Map.Entry<String, String> unread : reports.unread().entrySet()) {
                unread(xml, unread.getKey(), unread.getValue());
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            text.append('\n');
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A text in memory could not be written", e);
        }
    }

    private static void suite(XMLStreamWriter xml, Report report) throws XMLStreamException {
        List<Item> items = report.migrations();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "migrations." + report.database());
        attribute(xml, "tests", Integer.toString(items.size()));
        attribute(
                xml,
                "failures",
                Long.toString(items.stream().filter(JUnitReport::isFailure).count()));
        attribute(xml, "errors", "0");
        attribute(
                xml,
                "skipped",
                Long.toString(items.stream().filter(JUnitReport::isSkipped).count()));
        attribute(xml, "time", seconds(report.total()));
        attribute(xml, "timestamp", TIMESTAMP.format(report.at()));
        for (Item item : items) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", "migrations." + report.database());
            attribute(xml, "name", item.script());
            attribute(xml, "time", seconds(Report.duration(item)));
            outcome(xml, item);
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    /** A database that could not be read is a test that could not be run. */
    private static void unread(XMLStreamWriter xml, String database, String why) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "migrations." + database);
        attribute(xml, "tests", "1");
        attribute(xml, "failures", "0");
        attribute(xml, "errors", "1");
        attribute(xml, "skipped", "0");
        attribute(xml, "time", seconds(Duration.ZERO));
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "migrations." + database);
        attribute(xml, "name", "report");
        attribute(xml, "time", seconds(Duration.ZERO));
        xml.writeStartElement("error");
        attribute(xml, "type", "unread");
        attribute(xml, "message", Wording.summary(why));
        xml.writeCharacters(clean(why));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void outcome(XMLStreamWriter xml, Item item) throws XMLStreamException {
        String state = Wording.words(item.state());
        if (isFailure(item)) {
            String error = Objects.requireNonNullElse(item.error(), state + "; 'migrations validate' explains");
            xml.writeStartElement("failure");
            attribute(xml, "type", state);
            attribute(xml, "message", Wording.summary(error));
            xml.writeCharacters(clean(error));
            xml.writeEndElement();
        } else if (isSkipped(item)) {
            xml.writeEmptyElement("skipped");
            attribute(xml, "message", state);
        }
    }

    private static boolean isFailure(Item item) {
        return item.state().isConflict() || item.error() != null;
    }

    private static boolean isSkipped(Item item) {
        return !isFailure(item) && !item.state().isApplied();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** An error may quote characters that XML cannot have, not even escaped, and control characters are none among them. */
    private static String clean(String value) {
        return VisibleText.of(value).replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
