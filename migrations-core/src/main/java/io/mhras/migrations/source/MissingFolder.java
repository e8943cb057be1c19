package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Tells a folder that does not exist from one that has no migrations. */
public final class MissingFolder {

    private final ClassLoader classLoader;
    private final Location location;
    private final String prefix;
    private final String folder;

    private MissingFolder(String text, ClassLoader classLoader) {
        this.classLoader = classLoader;
        this.location = Location.parse(text, classLoader);
        boolean hasPrefix = text.strip().matches("(classpath\\*?|filesystem):.*");
        this.prefix = hasPrefix ? text.strip().substring(0, text.strip().indexOf(':') + 1) : "";
        this.folder = text.strip().substring(prefix.length()).replace('\\', '/').replaceFirst("(?<=.)/+$", "");
    }

    /**
     * Looks for each of these locations.
     *
     * @param setting which names them
     * @throws InvalidMigration if one of them does not exist, with what may be meant
     */
    public static void refuse(List<String> locations, String setting, ClassLoader classLoader) {
        for (String text : locations) {
            MissingFolder missing = new MissingFolder(text, classLoader);
            if (!missing.exists()) {
                throw missing.refusal(setting);
            }
        }
    }

    private boolean isOnClassPath() {
        return location instanceof ClasspathLocation;
    }

    private boolean exists() {
        String path = folder.replaceFirst("^/+(?=.)", "");
        // A pattern, and a jar without entries for folders, is only known by what is in it.
        return (isOnClassPath() ? classLoader.getResource(path) != null : Files.isDirectory(Path.of(folder)))
                || !location.files().isEmpty();
    }

    private InvalidMigration refusal(String setting) {
        List<String> near = near();
        return new InvalidMigration(
                "There is no folder " + location + ", which the setting '" + setting + "' names.",
                null,
                near.isEmpty()
                        ? "Create it, or correct the setting."
                        : "Did you mean " + String.join(" or ", near) + "? If not, create the folder.");
    }

    /** What the folder beside it, or those beside a folder above it, are called. */
    private List<String> near() {
        int slash = folder.lastIndexOf('/');
        String parent = slash < 0 ? "" : folder.substring(0, slash + 1);
        Set<String> names = new TreeSet<>();
        try {
            if (isOnClassPath()) {
                addFromClassPath(parent, names);
            } else {
                addFromDisk(Path.of(parent.isEmpty() ? "." : parent), names);
            }
        } catch (IOException e) {
            return List.of();
        }
        return Nearest.to(folder.substring(slash + 1), names).stream()
                .map(name -> prefix + parent + name)
                .toList();
    }

    private void addFromClassPath(String parent, Set<String> names) throws IOException {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(classLoader);
        for (Resource resource : resolver.getResources("classpath*:" + parent.replaceFirst("^/", "") + "*")) {
            String url = resource.getURL().toString();
            if (url.endsWith("/")) {
                String path = url.substring(0, url.length() - 1);
                names.add(path.substring(path.lastIndexOf('/') + 1));
            }
        }
    }

    private static void addFromDisk(Path parent, Set<String> names) throws IOException {
        if (Files.isDirectory(parent)) {
            try (Stream<Path> entries = Files.list(parent)) {
                entries.filter(Files::isDirectory)
                        .forEach(entry -> names.add(entry.getFileName().toString()));
            }
        }
    }
}
