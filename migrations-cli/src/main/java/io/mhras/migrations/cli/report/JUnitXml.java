package io.mhras.migrations.cli.report;

import io.mhras.migrations.text.VisibleText;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** JUnit's XML, which every pipeline can show. */
public final class JUnitXml {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final StringWriter text = new StringWriter();

    /**
     * The tests of one database.
     *
     * @param at when they were run; null if they were not
     */
    public record Suite(String name, @Nullable Instant at, Duration time, List<Case> cases) {

        private String count(Kind kind) {
            return Long.toString(cases.stream()
                    .filter(test -> test.problem() != null && test.problem().kind() == kind)
                    .count());
        }
    }

    /**
     * One test.
     *
     * @param problem why it is not good; null if it is
     */
    public record Case(String name, Duration time, @Nullable Problem problem) {}

    /** What a test that is not good came to. */
    public enum Kind {
        FAILURE,
        ERROR,
        SKIPPED
    }

    /**
     * Why a test is not good.
     *
     * @param type in a word; not shown of one that was skipped
     * @param message in a line
     * @param details all of it; not shown of one that was skipped
     */
    public record Problem(Kind kind, String type, String message, String details) {}

    public JUnitXml(List<Suite> suites) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (Suite suite : suites) {
                write(xml, suite);
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

    private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", suite.name());
        attribute(xml, "tests", Integer.toString(suite.cases().size()));
        attribute(xml, "failures", suite.count(Kind.FAILURE));
        attribute(xml, "errors", suite.count(Kind.ERROR));
        attribute(xml, "skipped", suite.count(Kind.SKIPPED));
        attribute(xml, "time", seconds(suite.time()));
        if (suite.at() != null) {
            attribute(xml, "timestamp", TIMESTAMP.format(suite.at()));
        }
        for (Case test : suite.cases()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", suite.name());
            attribute(xml, "name", test.name());
            attribute(xml, "time", seconds(test.time()));
            if (test.problem() != null) {
                write(xml, test.problem());
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, Problem problem) throws XMLStreamException {
        String element = problem.kind().name().toLowerCase(Locale.ROOT);
        if (problem.kind() == Kind.SKIPPED) {
            xml.writeEmptyElement(element);
            attribute(xml, "message", problem.message());
            return;
        }
        xml.writeStartElement(element);
        attribute(xml, "type", problem.type());
        attribute(xml, "message", problem.message());
        xml.writeCharacters(clean(problem.details()));
        xml.writeEndElement();
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
