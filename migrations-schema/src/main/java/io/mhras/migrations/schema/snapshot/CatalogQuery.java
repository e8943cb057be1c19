package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.schema.FactKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
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
 * @param kinds of the facts that it answers with; none if it answers with something else
 */
record CatalogQuery(String name, Set<FactKind> kinds) {

    private static final Pattern VERSIONS = Pattern.compile("(.*)--(\\d+)(?:-(\\d+))?");

    /** Those that answer with facts: the place of an object in the catalog, its id, its parent, its attributes. */
    static final List<CatalogQuery> FACTS = List.of(
            new CatalogQuery("extensions", FactKind.EXTENSION),
            new CatalogQuery("schemas", FactKind.SCHEMA),
            new CatalogQuery("collations", FactKind.COLLATION),
            new CatalogQuery("types", FactKind.ENUM, FactKind.RANGE, FactKind.DOMAIN),
            new CatalogQuery("sequences", FactKind.SEQUENCE),
            new CatalogQuery(
                    "relations",
                    FactKind.TABLE,
                    FactKind.FOREIGN_TABLE,
                    FactKind.VIEW,
                    FactKind.MATERIALIZED_VIEW,
                    FactKind.COMPOSITE),
            new CatalogQuery("columns", FactKind.COLUMN),
            new CatalogQuery("defaults", FactKind.DEFAULT),
            new CatalogQuery("constraints", FactKind.CONSTRAINT),
            new CatalogQuery("indexes", FactKind.INDEX),
            new CatalogQuery("routines", FactKind.FUNCTION, FactKind.PROCEDURE),
            new CatalogQuery("aggregates", FactKind.AGGREGATE),
            new CatalogQuery("triggers", FactKind.TRIGGER),
            new CatalogQuery("rules", FactKind.RULE),
            new CatalogQuery("policies", FactKind.POLICY),
            new CatalogQuery("statistics", FactKind.STATISTICS),
            new CatalogQuery("foreign-data-wrappers", FactKind.FOREIGN_DATA_WRAPPER),
            new CatalogQuery("servers", FactKind.SERVER),
            new CatalogQuery("user-mappings", FactKind.USER_MAPPING),
            new CatalogQuery("publications", FactKind.PUBLICATION),
            new CatalogQuery("event-triggers", FactKind.EVENT_TRIGGER));

    static final CatalogQuery DEFAULT_PRIVILEGES = new CatalogQuery("default-privileges", FactKind.DEFAULT_PRIVILEGES);
    static final CatalogQuery COMMENTS = new CatalogQuery("comments", FactKind.COMMENT);
    static final CatalogQuery OWNERS = new CatalogQuery("owners", FactKind.OWNER);
    static final CatalogQuery GRANTS = new CatalogQuery("grants", FactKind.GRANT);

    /** What is part of an object that has a fact: its place, and that object's. */
    static final CatalogQuery ADDRESSES = new CatalogQuery("addresses");

    static final CatalogQuery EDGES = new CatalogQuery("edges");

    /** How many objects there are of kinds that no other query reads. */
    static final CatalogQuery UNREAD = new CatalogQuery("unread");

    private CatalogQuery(String name, FactKind... kinds) {
        this(name, Set.of(kinds));
    }

    /** What it reads, in words. */
    String subject() {
        return name.replace('-', ' ');
    }

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
