package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * The folder of a script, from which alone it can load others.
 *
 * @param prefix {@code classpath:} or {@code filesystem:}, or nothing
 * @param path without a slash at its end
 */
record LoadFolder(String prefix, String path) {

    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

    static LoadFolder of(MigrationScript script) {
        String location = script.location();
        String prefix = location.startsWith(CLASSPATH) ? CLASSPATH : location.startsWith(FILESYSTEM) ? FILESYSTEM : "";
        String path = location.substring(prefix.length()).replace('\\', '/');
        return new LoadFolder(prefix, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    /**
     * Another file of the folder, or of one below it.
     *
     * @throws IllegalArgumentException if the name leads out of the folder, or to no file
     */
    MigrationScript file(String name) {
        String clean = StringUtils.cleanPath(name);
        if (clean.startsWith("/") || clean.startsWith("../") || clean.equals("..") || clean.contains(":")) {
            throw new IllegalArgumentException("load('" + name + "') leads out of the folder of the migrations");
        }
        String location = prefix + (path.isEmpty() ? "" : path + "/") + clean;
        Resource resource = resource(location);
        if (!resource.exists()) {
            throw new IllegalArgumentException("load('" + name + "'): there is no file " + location);
        }
        try (InputStream content = resource.getInputStream()) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return MigrationScript.ofText(clean, location, text);
        } catch (IOException e) {
            throw new IllegalArgumentException("load('" + name + "'): " + e.getMessage(), e);
        }
    }

    private Resource resource(String location) {
        return prefix.equals(CLASSPATH)
                ? new DefaultResourceLoader().getResource(location)
                : new FileSystemResource(Path.of(location.substring(prefix.length())));
    }
}
