package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A folder outside of the class path.
 *
 * @param given the location as it was given
 * @param folder the path in it
 */
record FilesystemLocation(String given, Path folder) implements Location {

    @Override
    public List<FoundFile> files() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        Search search = new Search(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
        } catch (IOException e) {
            throw new InvalidMigration(
                    "the folder cannot be searched: " + e.getMessage(),
                    SourceLocation.of(given),
                    "Check that the folder and all below it may be read.");
        }
        return search.found;
    }

    @Override
    public String toString() {
        return given;
    }

    private static final class Search extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<FoundFile> found = new ArrayList<>();

        private Search(Path root) {
            this.root = root;
        }

        /** Kubernetes mounts a ConfigMap's files as links into a hidden folder: there they would be found a second time. */
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                    !folder.equals(root) && folder.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String origin = file.toString();
            String name = origin.substring(origin.lastIndexOf(File.separatorChar) + 1);
            found.add(new FoundFile(name, "filesystem:" + origin, origin, () -> new FileInputStream(origin)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
