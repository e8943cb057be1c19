package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is found in scripts before they run on a scratch database. */
final class ScriptFindings {

    /** Something that reaches beyond the database. */
    record Reach(String why, SourceLocation place) {}

    /**
     * The real database's name, where the scratch's is meant.
     *
     * @param offset of its first code point in the script
     * @param length in code points
     */
    record RealName(long offset, int length) {}

    private final List<Reach> reaches = new ArrayList<>();
    private final List<RealName> realNames = new ArrayList<>();
    private final Map<String, SourceLocation> extensions = new TreeMap<>();
    private final Map<String, SourceLocation> roles = new TreeMap<>();
    private final Set<String> madeRoles = new TreeSet<>();

    void reach(String why, SourceLocation place) {
        reaches.add(new Reach(why, place));
    }

    void realName(long offset, int length) {
        realNames.add(new RealName(offset, length));
    }

    void extension(String name, SourceLocation place) {
        extensions.putIfAbsent(name, place);
    }

    void role(String name, SourceLocation place) {
        roles.putIfAbsent(name, place);
    }

    void madeRole(String name) {
        madeRoles.add(name);
    }

    List<Reach> reaches() {
        return reaches;
    }

    /** In the order in which they stand in the script. */
    List<RealName> realNames() {
        return realNames;
    }

    /** The extensions that are created, with where. */
    Map<String, SourceLocation> extensions() {
        return extensions;
    }

    /** The roles that are named and not created, with where. */
    Map<String, SourceLocation> roles() {
        Map<String, SourceLocation> needed = new TreeMap<>(roles);
        needed.keySet().removeAll(madeRoles);
        return needed;
    }

    void add(ScriptFindings other) {
        reaches.addAll(other.reaches);
        other.extensions.forEach(extensions::putIfAbsent);
        other.roles.forEach(roles::putIfAbsent);
        madeRoles.addAll(other.madeRoles);
    }
}
