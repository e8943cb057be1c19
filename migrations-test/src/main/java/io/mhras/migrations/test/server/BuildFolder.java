package io.mhras.migrations.test.server;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder that the build of a test writes to, and that its clean removes. */
public final class BuildFolder {

    private static final List<String> NAMES = List.of("target", "build", "out", "bin");

    private BuildFolder() {}

    /** That in which the class was compiled; else what is there; else one of this user's among the temporary files. */
    public static Path of(Class<?> test) {
        Path classes = location(test);
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            if (folder.getFileName() != null
                    && NAMES.contains(folder.getFileName().toString())) {
                return folder;
            }
        }
        for (String name : NAMES.subList(0, 2)) {
            Path folder = Path.of(name).toAbsolutePath();
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "mhras-migrations-" + System.getProperty("user.name"));
    }

    /** A jar is no place to keep a server in. */
    private static @Nullable Path location(Class<?> test) {
        CodeSource source = test.getProtectionDomain().getCodeSource();
        try {
            Path path = source == null || source.getLocation() == null
                    ? null
                    : Path.of(source.getLocation().toURI());
            return path != null && Files.isDirectory(path) ? path : null;
        } catch (URISyntaxException | java.nio.file.FileSystemNotFoundException | IllegalArgumentException e) {
            return null;
        }
    }
}
