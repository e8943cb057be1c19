package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ResourceUtils;

/**
 * A jar or a folder of classes that has an index.
 *
 * @param index the index's text
 * @param stamps gives the stamp of a file at a path: the same as long as the file is unchanged, and known without
 *     reading it
 */
record IndexedRoot(String index, Stamps stamps) {

    interface Stamps {
        String at(String path) throws IOException;
    }

    /** The root in which the index is; null if its files have to be read. */
    static @Nullable IndexedRoot of(URL index) throws IOException {
        if (index.openConnection() instanceof JarURLConnection connection) {
            return jar(connection);
        }
        return ResourceUtils.isFileURL(index)
                ? folder(ResourceUtils.getFile(index).toPath().resolveSibling(""))
                : null;
    }

    private static IndexedRoot jar(JarURLConnection connection) throws IOException {
        JarFile jar = connection.getJarFile();
        String prefix = connection.getEntryName().replace(MigrationIndex.NAME, "");
        try (InputStream in = connection.getInputStream()) {
            return new IndexedRoot(new String(in.readAllBytes(), UTF_8), path -> {
                JarEntry entry = jar.getJarEntry(prefix + path);
                return entry == null ? "" : stamp(entry.getSize(), entry.getCrc());
            });
        }
    }

    private static @Nullable IndexedRoot folder(Path folder) throws IOException {
        Path index = indexBeside(folder);
        return Files.exists(index)
                ? new IndexedRoot(Files.readString(index), path -> stamp(folder.resolve(path)))
                : null;
    }

    /** A folder's own index is beside it, so that it gets into no jar; the one inside is for the jar to be built. */
    static Path indexBeside(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-" + MigrationIndex.NAME);
    }

    /** Of an entry of a jar. */
    static String stamp(long size, long crc32) {
        return size + ":" + Long.toHexString(crc32);
    }

    /**
     * Of a file: its size, and when it was changed.
     *
     * <p>The time of its last modification can be set back, and tools that copy files do so; that of its last change
     * cannot. Windows does not report it.
     */
    static String stamp(Path file) throws IOException {
        boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        String time = isUnix ? "ctime" : "lastModifiedTime";
        Map<String, Object> attributes = Files.readAttributes(file, (isUnix ? "unix:size," : "size,") + time);
        return attributes.get("size") + ":" + attributes.get(time);
    }
}
