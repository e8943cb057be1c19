package io.mhras.migrations.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class writes to its log while a test captures it. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogCapture(Logger logger) {
        this.logger = logger;
    }

    /** Captures from here on. */
    public static LogCapture of(Class<?> type) {
        return of(type.getName());
    }

    /** Captures what is written to the log of this name from here on. */
    public static LogCapture of(String name) {
        LogCapture capture = new LogCapture((Logger) LoggerFactory.getLogger(name));
        capture.start();
        capture.logger.addAppender(capture);
        return capture;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    /** The messages so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until a message has this text in it. */
    public void awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (lines.stream().noneMatch(line -> line.contains(text))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No line with '" + text + "' in " + lines);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
