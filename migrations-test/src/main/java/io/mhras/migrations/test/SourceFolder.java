package io.mhras.migrations.test;

import io.mhras.migrations.test.server.BuildFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where Maven and Gradle have the files that they copy to the class path. */
final class SourceFolder {

    private SourceFolder() {}

    /**
     * The folder behind a location.
     *
     * @param otherwise what to do if there is none, for the message
     */
    static Path of(Class<?> test, String location, String otherwise) {
        String folder = location.substring(location.indexOf(':') + 1).replaceFirst("/+$", "");
        if (!location.startsWith("classpath")) {
            return Path.of(folder);
        }
        String below = folder.replaceFirst("^/+", "");
        Path build = BuildFolder.of(test);
        Path project = build.getParent() == null ? build : build.getParent();
        return Stream.of("src/main/resources", "src/test/resources")
                .map(resources -> project.resolve(resources).resolve(below))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no folder " + below
                        + " in src/main/resources or src/test/resources of " + project + ". " + otherwise));
    }
}
