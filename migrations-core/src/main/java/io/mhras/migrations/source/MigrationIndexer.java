package io.mhras.migrations.source;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Makes the index of a build's migrations, so that no start of the service has to read them. */
public final class MigrationIndexer {

    private static final long TICK_MS = 20;

    private final Path classes;
    private final Map<String, IndexedScript> ofJar = new TreeMap<>();
    private final Map<String, IndexedScript> ofFolder = new TreeMap<>();

    private MigrationIndexer(Path classes) {
        this.classes = classes.toAbsolutePath().normalize();
    }

    /**
     * Writes the index into a folder of classes, for the jar to be built, and another beside it, for the folder itself.
     * It needs to be done after the scripts were copied there, and again whenever they are.
     *
     * @param classes the folder, for example {@code target/classes}
     * @param folders those below it that have migrations, for example {@code db/migration}
     * @return how many scripts there are, of either kind of database
     * @throws io.mhras.migrations.MigrationException.InvalidMigration if one of them is wrong
     */
    public static int write(Path classes, List<String> folders) throws IOException {
        MigrationIndexer indexer = new MigrationIndexer(classes);
        for (String folder : folders) {
            for (DatabaseKind kind : DatabaseKind.values()) {
                indexer.add("filesystem:" + indexer.classes.resolve(folder), kind);
            }
        }
        replace(indexer.classes.resolve(MigrationIndex.NAME), indexer.ofJar);
        replace(IndexedRoot.indexBeside(indexer.classes), indexer.ofFolder);
        return indexer.ofJar.size();
    }

    private void add(String location, DatabaseKind kind) throws IOException {
        MigrationLoader loader =
                new MigrationLoader(List.of(location), kind, Map.of(), ClassLoader.getPlatformClassLoader());
        List<FoundFile> files = loader.files();
        if (files.isEmpty()) {
            return;
        }
        Map<Path, String> stamps = new TreeMap<>();
        for (FoundFile file : files) {
            Path path = Path.of(file.origin());
            stamps.put(path, IndexedRoot.stamp(path));
        }
        letTheClockMoveOn();
        List<ScriptFile> scripts = new ArrayList<>();
        loader.read(scripts::add);
        for (ScriptFile script : scripts) {
            Path file = Path.of(script.file().origin());
            String crc = crc(file);
            String stamp = IndexedRoot.stamp(file);
            if (!stamp.equals(stamps.get(file))) {
                throw new IOException(file + " was changed while it was read");
            }
            add(script, file, crc, stamp);
        }
    }

    /** A change in the same tick of the file system's clock would leave the stamp as it is. */
    private static void letTheClockMoveOn() throws IOException {
        try {
            Thread.sleep(TICK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String crc(Path file) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            return IndexedRoot.stamp(size, in.getChecksum().getValue());
        }
    }

    private void add(ScriptFile file, Path at, String crc, String stamp) {
        String path = classes.relativize(at).toString().replace(File.separatorChar, '/');
        IndexedScript found = new IndexedScript(stamp, file.facts(), path);
        if (found.isOneLine()) {
            ofFolder.put(path, found);
            ofJar.put(path, found.withStamp(crc));
        }
    }

    /** A correct index is left alone, so that what is built from it need not be rebuilt. */
    private static void replace(Path index, Map<String, IndexedScript> scripts) throws IOException {
        String text = MigrationIndex.withHeader(
                scripts.values().stream().map(script -> script + "\n").collect(joining()));
        if (scripts.isEmpty()) {
            Files.deleteIfExists(index);
        } else if (!Files.exists(index) || !Files.readString(index).equals(text)) {
            Files.writeString(index, text);
        }
    }

    /**
     * Indexes a folder of classes.
     *
     * @param arguments the folder of classes; then the folders with migrations below it, {@code db/migration} if none
     */
    public static void main(String[] arguments) throws IOException {
        List<String> folders = Arrays.asList(arguments).subList(1, arguments.length);
        write(Path.of(arguments[0]), folders.isEmpty() ? List.of("db/migration") : folders);
    }
}
