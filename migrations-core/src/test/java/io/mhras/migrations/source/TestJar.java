package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.MigrationSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.springframework.boot.loader.launch.JarLauncher;
import org.springframework.core.io.Resource;

/** Writes jars, and executable jars as Spring Boot's build plugins make them. */
final class TestJar implements AutoCloseable {

    private final JarOutputStream out;
    private final Set<String> entries = new HashSet<>();

    private TestJar(Path jar, Manifest manifest) throws IOException {
        this.out = new JarOutputStream(Files.newOutputStream(jar), manifest);
    }

    static void write(Path jar, Map<String, String> files) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (TestJar writer = new TestJar(jar, manifest)) {
            writer.addAll("", files);
        }
    }

    static void writeExecutable(Path jar, Class<?> application, Map<String, String> files, List<Path> libraries)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
        attributes.putValue("Start-Class", application.getName());
        attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (TestJar writer = new TestJar(jar, manifest)) {
            writer.addLauncher();
            writer.addFolder("BOOT-INF/classes/", home(MigrationSet.class));
            writer.addFolder("BOOT-INF/classes/", home(application));
            writer.addAll("BOOT-INF/classes/", files);
            List<Path> all = new ArrayList<>(libraries);
            Stream.of(Resource.class, LogFactory.class, Logger.class, NullMarked.class)
                    .forEach(type -> all.add(home(type)));
            for (Path library : all) {
                writer.addStored("BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
            }
        }
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addAll(String prefix, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            add(prefix + file.getKey(), file.getValue().getBytes(UTF_8));
        }
    }

    private void addLauncher() throws IOException {
        try (JarFile launcher = new JarFile(home(JarLauncher.class).toFile())) {
            for (ZipEntry entry : launcher.stream()
                    .filter(one -> one.getName().endsWith(".class"))
                    .toList()) {
                try (InputStream content = launcher.getInputStream(entry)) {
                    add(entry.getName(), content.readAllBytes());
                }
            }
        }
    }

    private void addFolder(String prefix, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(prefix + folder.relativize(file), Files.readAllBytes(file));
            }
        }
    }

    private void add(String name, byte[] content) throws IOException {
        addFoldersOf(name);
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
    }

    /** A jar within a jar must not be compressed. */
    private void addStored(String name, byte[] content) throws IOException {
        addFoldersOf(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
    }

    private void addFoldersOf(String name) throws IOException {
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            if (entries.add(name.substring(0, end + 1))) {
                out.putNextEntry(new ZipEntry(name.substring(0, end + 1)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
