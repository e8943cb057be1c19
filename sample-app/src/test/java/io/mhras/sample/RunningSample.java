package io.mhras.sample;

import io.mhras.migrations.Migrator;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.springframework.context.ConfigurableApplicationContext;
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

    static RunningSample start(SampleSystem system, TestDatabase database) {
        var application = SampleApplication.create();
        application.setAdditionalProfiles(system.profiles());
        application.setRegisterShutdownHook(false);
        return new RunningSample(application.run(
                "--server.port=0",
                "--server.tomcat.basedir=target/tomcat",
                "--spring.datasource.url=" + database.url(),
                "--spring.main.banner-mode=off"));
    }

    ResponseSpec get(String path) {
        return client.get().uri(path).exchange();
    }

    ResponseSpec post(String path, Object body) {
        return client.post().uri(path).body(body).exchange();
    }

    Migrator migrator() {
        return context.getBean(Migrator.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
