package io.mhras.migrations.schema.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query of the catalog, from a file beside this class.
 *
 * <p>A line that ends in {@code --14} is for servers from that major version on, one that ends in {@code --13-17} for
 * those.
 *
 * @param name of the file, without its ending
 */
record CatalogQuery(String name) {

    private static final Pattern VERSIONS = Pattern.compile("(.*)--(\\d+)(?:-(\\d+))?");

    /** Those that answer with facts: the place of an object in the catalog, its id, its parent, its attributes. */
    static final List<CatalogQuery> FACTS = List.of(
            new CatalogQuery("extensions"),
            new CatalogQuery("schemas"),
            new CatalogQuery("collations"),
            new CatalogQuery("types"),
            new CatalogQuery("sequences"),
            new CatalogQuery("relations"),
            new CatalogQuery("columns"),
            new CatalogQuery("defaults"),
            new CatalogQuery("constraints"),
            new CatalogQuery("indexes"),
            new CatalogQuery("routines"),
            new CatalogQuery("aggregates"),
            new CatalogQuery("triggers"),
            new CatalogQuery("rules"),
            new CatalogQuery("policies"),
            new CatalogQuery("statistics"),
            new CatalogQuery("foreign-data-wrappers"),
            new CatalogQuery("servers"),
            new CatalogQuery("user-mappings"),
            new CatalogQuery("publications"),
            new CatalogQuery("event-triggers"));

    static final CatalogQuery DEFAULT_PRIVILEGES = new CatalogQuery("default-privileges");
    static final CatalogQuery COMMENTS = new CatalogQuery("comments");
    static final CatalogQuery OWNERS = new CatalogQuery("owners");
    static final CatalogQuery GRANTS = new CatalogQuery("grants");

    /** What is part of an object that has a fact: its place, and that object's. */
    static final CatalogQuery ADDRESSES = new CatalogQuery("addresses");

    static final CatalogQuery EDGES = new CatalogQuery("edges");

    /** How many objects there are of kinds that no other query reads. */
    static final CatalogQuery UNREAD = new CatalogQuery("unread");

    /** The query for a server of this major version. */
    String sql(int majorVersion) {
        return text().lines().map(line -> line(line, majorVersion)).collect(Collectors.joining("\n"));
    }

    /** Empty if it is for other servers. */
    private static String line(String line, int majorVersion) {
        Matcher marked = VERSIONS.matcher(line);
        if (!marked.matches()) {
            return line;
        }
        boolean isFor = Integer.parseInt(marked.group(2)) <= majorVersion
                && (marked.group(3) == null || majorVersion <= Integer.parseInt(marked.group(3)));
        return isFor ? marked.group(1) : "";
    }

    private String text() {
        try (InputStream file = CatalogQuery.class.getResourceAsStream(name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("There is no query " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
