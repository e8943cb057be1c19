package io.mhras.migrations.test.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, one for each process; Testcontainers stops it when the process ends. */
final class ContainerServer {

    private static final Map<String, DatabaseServer> started = new ConcurrentHashMap<>();

    private ContainerServer() {}

    static DatabaseServer of(String image) {
        return started.computeIfAbsent(image, ContainerServer::start);
    }

    @SuppressWarnings("resource") // See above.
    private static DatabaseServer start(String image) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
        container.start();
        return new DatabaseServer(container.getJdbcUrl(), container.getUsername(), container.getPassword(), false);
    }
}
