package io.mhras.migrations.testing;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** PostgreSQL servers of several major versions, for what depends on it. Each is started when it is first asked for. */
public final class ServerVersions {

    /** The usual one, which {@link TestServer} is, and some older ones. */
    public static final List<Integer> MAJORS = List.of(13, 15, 18);

    private static final Map<Integer, String> adminUrls = new HashMap<>();

    private ServerVersions() {}

    /** A fresh, empty database on an embedded server of one of the {@link #MAJORS}. */
    public static synchronized TestDatabase newDatabase(int major) {
        return TestServer.newDatabase(adminUrls.computeIfAbsent(major, ServerVersions::start));
    }

    private static String start(int major) {
        try {
            EmbeddedPostgres.Builder server = EmbeddedPostgres.builder();
            if (major != MAJORS.get(MAJORS.size() - 1)) {
                server.setPgBinaryResolver((system, architecture) -> binaries(major));
            }
            return server.start().getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build puts the jars there. */
    private static InputStream binaries(int major) throws IOException {
        ZipInputStream jar = new ZipInputStream(Objects.requireNonNull(
                ServerVersions.class.getResourceAsStream("/servers/" + major + ".jar"),
                "The build has no server of version " + major));
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return jar;
            }
        }
        throw new IOException("There are no binaries in the jar of version " + major);
    }
}
