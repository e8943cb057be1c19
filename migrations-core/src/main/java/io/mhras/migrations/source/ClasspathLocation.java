package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.Location.FoundFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** A folder on the class path: in directories, jars and jars within jars, in every root that has it. */
final class ClasspathLocation implements Location {

    private final String given;
    private final String folder;
    private final PathMatchingResourcePatternResolver resolver;

    ClasspathLocation(String given, String folder, ClassLoader classLoader) {
        this.given = given;
        this.folder = StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(folder, '/'), '/');
        this.resolver = new PathMatchingResourcePatternResolver(classLoader);
    }

    @Override
    public List<FoundFile> files() {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        String root = prefix.replaceFirst("[^/]*[*?{].*", "");
        try {
            List<String> rootUrls = new ArrayList<>();
            for (Resource resource : resolver.getResources("classpath*:" + root)) {
                rootUrls.add(url(resource));
            }
            List<FoundFile> found = new ArrayList<>();
            String pattern = rootUrls.isEmpty() ? fromEveryRoot(prefix) : prefix;
            for (Resource resource : resolver.getResources("classpath*:" + pattern + "**/*")) {
                String url = url(resource);
                if (!url.endsWith("/")) {
                    String name = url.substring(url.lastIndexOf('/') + 1);
                    found.add(new FoundFile(name, "classpath:" + path(url, root, rootUrls), url, resource));
                }
            }
            return found;
        } catch (IOException e) {
            throw new InvalidMigration(
                    "the class path cannot be searched: " + e.getMessage(),
                    SourceLocation.of(given),
                    "Check that the folders and jars of the class path may be read.");
        }
    }

    /** A jar without entries for folders (Bazel's) is only found by a pattern with a variable, which tries every root. */
    private static String fromEveryRoot(String prefix) {
        int firstFolder = prefix.indexOf('/');
        return firstFolder < 0
                ? prefix
                : "{first:" + prefix.substring(0, firstFolder) + "}" + prefix.substring(firstFolder);
    }

    private static String url(Resource resource) throws IOException {
        return StringUtils.uriDecode(resource.getURL().toString(), UTF_8);
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
