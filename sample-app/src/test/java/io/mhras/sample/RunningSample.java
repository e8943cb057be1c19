package io.mhras.sample;

import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** The sample in this process, on a port of its own. */
final class RunningSample implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RestTestClient client;

    private RunningSample(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"))
                .build();
    }

    static RunningSample start(SampleSystem system, TestDatabase database, String... settings) {
        var application = SampleApplication.create();
        application.setAdditionalProfiles(system.profiles());
        application.setRegisterShutdownHook(false);
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.addAll(List.of(
                "--server.port=0",
                "--server.tomcat.basedir=target/tomcat",
                "--spring.datasource.url=" + database.url(),
                "--spring.main.banner-mode=off"));
        return new RunningSample(application.run(arguments.toArray(String[]::new)));
    }

    ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    /** A page, as a browser asks for it. */
    String page(String path) {
        String page = client.get()
                .uri(path)
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(page);
    }

    ResponseSpec post(String path, Object body) {
        return client.post().uri(path).body(body).exchange();
    }

    /** That of the PostgreSQL database. */
    Migrator migrator() {
        return context.getBean("postgresMigrator", Migrator.class);
    }

    Migrator mongoMigrator() {
        return context.getBean("mongoMigrator", Migrator.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
