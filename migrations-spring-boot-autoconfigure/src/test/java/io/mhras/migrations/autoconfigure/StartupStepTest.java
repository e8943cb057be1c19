package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.core.metrics.StartupStep;
import org.springframework.core.metrics.StartupStep.Tag;

class StartupStepTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private final BufferingApplicationStartup startup = new BufferingApplicationStartup(1000);

    @Test
    void aStartIsRecorded() {
        start();

        assertThat(tags()).containsEntry("database", "postgresql").containsEntry("outcome", "success");
    }

    @Test
    void aFailedStartIsRecorded() {
        start("mhras.migrations.mode=validate");

        assertThat(tags()).containsEntry("mode", "validate").containsEntry("outcome", "failure");
    }

    private void start(String... settings) {
        TestService.on(database)
                .withPropertyValues(settings)
                .withInitializer(context -> context.setApplicationStartup(startup))
                .run(context -> assertThat(context).isNotNull());
    }

    private Map<String, String> tags() {
        StartupStep step = startup.getBufferedTimeline().getEvents().stream()
                .map(event -> event.getStartupStep())
                .filter(candidate -> candidate.getName().equals("mhras.migrations.migrate"))
                .findFirst()
                .orElseThrow();
        return StreamSupport.stream(step.getTags().spliterator(), false)
                .collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    }
}
