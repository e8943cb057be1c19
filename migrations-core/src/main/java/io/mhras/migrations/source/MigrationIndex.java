package io.mhras.migrations.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mhras.migrations.source.Location.FoundFile;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;

/**
 * What was found in the scripts of one root of the class path when it was built, so that no start has to read them.
 *
 * <p>It is never asked which files there are, and it is trusted about a file only while the file has the stamp it had then.
 */
final class MigrationIndex {

    /** Not in META-INF: in an executable jar Spring Boot keeps that apart from the classes. */
    static final String NAME = "mhras-migrations.index";

    private static final Logger log = LoggerFactory.getLogger(MigrationIndex.class);

    /** Changes whenever something else may be found in a file, for example when there is a new option. */
    private static final String FORMAT = "mhras-migrations 3 ";

    private final String folder;
    private final IndexedRoot.Stamps stamps;
    private final Map<String, IndexedScript> scripts = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();

    private MigrationIndex(URL url, IndexedRoot root) {
        String address = StringUtils.uriDecode(url.toString(), UTF_8);
        this.folder = address.substring(0, address.length() - NAME.length());
        this.stamps = root.stamps();
        root.index().lines().skip(1).map(IndexedScript::parse).forEach(script -> scripts.put(script.path(), script));
    }

    /** Those that can be used. */
    static List<MigrationIndex> read(Enumeration<URL> urls) {
        List<MigrationIndex> indexes = new ArrayList<>();
        while (urls.hasMoreElements()) {
            URL url = urls.nextElement();
            try {
                IndexedRoot root = IndexedRoot.of(url);
                if (root == null) {
                    log.debug("{} is not for the folder that it is in: the migrations are read", url);
                } else if (isWhole(root.index())) {
                    indexes.add(new MigrationIndex(url, root));
                } else {
                    log.info(
                            "{} is damaged or of another version: the migrations are read instead. Run the build again.",
                            url);
                }
            } catch (IOException e) {
                log.info("{} cannot be read: the migrations are read instead. {}", url, e.getMessage());
            }
        }
        return indexes;
    }

    private static boolean isWhole(String index) {
        return index.equals(withHeader(index.substring(index.indexOf('\n') + 1)));
    }

    /** The text of an index. */
    static String withHeader(String lines) {
        CRC32 crc = new CRC32();
        crc.update(lines.getBytes(UTF_8));
        return FORMAT + Long.toHexString(crc.getValue()) + "\n" + lines;
    }

    /** What is known of a file; null if that is nothing, or no longer true. */
    @Nullable IndexedScript find(FoundFile file) {
        if (!file.origin().startsWith(folder)) {
            return null;
        }
        String path = file.origin().substring(folder.length());
        IndexedScript script = scripts.get(path);
        if (script != null && script.stamp().equals(stamp(path))) {
            return script;
        }
        unknown.add(file.location());
        return null;
    }

    private String stamp(String path) {
        try {
            return stamps.at(path);
        } catch (IOException e) {
            log.debug("{} has no stamp", path, e);
            return "";
        }
    }

    /** Logs which files had to be read nevertheless. */
    void report() {
        if (unknown.isEmpty()) {
            log.debug("{}{} knows all files", folder, NAME);
        } else {
            log.info(
                    "{}{} is older than {} of the files, such as {}: these are read instead. Run the build again.",
                    folder,
                    NAME,
                    unknown.size(),
                    unknown.get(0));
        }
    }
}
