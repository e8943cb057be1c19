package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** A folder on the class path: in directories, jars and jars within jars, in every root that has it. */
final class ClasspathLocation implements Location {

    private final String given;
    private final String folder;
    private final ClassLoader classLoader;

    ClasspathLocation(String given, String folder, ClassLoader classLoader) {
        this.given = given;
        this.folder = StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(folder, '/'), '/');
        this.classLoader = classLoader;
    }

    @Override
    public List<FoundFile> files() {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        try {
            List<FoundFile> inJars = inJars(prefix);
            return inJars.isEmpty() ? byPattern(prefix) : inJars;
        } catch (IOException e) {
            throw new InvalidMigration(
                    "the class path cannot be searched: " + e.getMessage(),
                    SourceLocation.of(given),
                    "Check that the folders and jars of the class path may be read.");
        }
    }

    /**
     * Looks into the jars themselves: matching a pattern with each entry, and opening each file by its URL, would take a
     * service ten times as long. Empty unless jars alone have the folder.
     */
    private List<FoundFile> inJars(String prefix) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        Enumeration<URL> roots = prefix.isEmpty() ? Collections.emptyEnumeration() : classLoader.getResources(prefix);
        while (roots.hasMoreElements()) {
            URL root = roots.nextElement();
            if (!(root.openConnection() instanceof JarURLConnection connection) || !connection.getUseCaches()) {
                return List.of();
            }
            addEntries(connection.getJarFile(), connection.getEntryName(), prefix, url(root), found);
        }
        return found;
    }

    private static void addEntries(JarFile jar, String folder, String prefix, String folderUrl, List<FoundFile> found) {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                String path = entry.getName().substring(folder.length());
                String name = path.substring(path.lastIndexOf('/') + 1);
                found.add(new FoundFile(
                        name, "classpath:" + prefix + path, folderUrl + path, () -> jar.getInputStream(entry)));
            }
        }
    }

    private List<FoundFile> byPattern(String prefix) throws IOException {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(classLoader);
        String root = prefix.replaceFirst("[^/]*[*?{].*", "");
        List<String> rootUrls = new ArrayList<>();
        for (Resource resource : resolver.getResources("classpath*:" + root)) {
            rootUrls.add(url(resource.getURL()));
        }
        List<FoundFile> found = new ArrayList<>();
        String pattern = rootUrls.isEmpty() ? fromEveryRoot(prefix) : prefix;
        for (Resource resource : resolver.getResources("classpath*:" + pattern + "**/*")) {
            String url = url(resource.getURL());
            if (!url.endsWith("/")) {
                String name = url.substring(url.lastIndexOf('/') + 1);
                found.add(new FoundFile(name, "classpath:" + path(url, root, rootUrls), url, resource));
            }
        }
        return found;
    }

    /** A jar without entries for folders (Bazel's) is only found by a pattern with a variable, which tries every root. */
    private static String fromEveryRoot(String prefix) {
        int firstFolder = prefix.indexOf('/');
        return firstFolder < 0
                ? prefix
                : "{first:" + prefix.substring(0, firstFolder) + "}" + prefix.substring(firstFolder);
    }

    private static String url(URL url) {
        return StringUtils.uriDecode(url.toString(), UTF_8);
    }

    private static String path(String url, String root, List<String> rootUrls) {
        for (String rootUrl : rootUrls) {
            String folder = rootUrl.endsWith("/") ? rootUrl : rootUrl + "/";
            if (url.startsWith(folder)) {
                return root + url.substring(folder.length());
            }
        }
        int jarEntry = url.lastIndexOf("!/");
        return jarEntry < 0 ? url : url.substring(jarEntry + 2);
    }

    @Override
    public String toString() {
        return given;
    }
}
