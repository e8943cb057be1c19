package io.mhras.migrations.schema;

import java.util.List;
import java.util.Set;

/**
 * How the way from one schema to another is planned.
 *
 * @param online whether what is there is changed without keeping others out for long; else in the plain form
 * @param drops what may be dropped
 * @param renames what has got another name
 * @param noRenames the names of what was not renamed, but dropped
 * @param asks whether a possible rename that nothing is said about is a question; else it is none
 */
public record DiffOptions(boolean online, Drops drops, List<Rename> renames, Set<String> noRenames, boolean asks) {

    /** Online; nothing is dropped; whatever may be a rename is asked. */
    public static final DiffOptions DEFAULT = new DiffOptions(true, Drops.NONE, List.of(), Set.of(), /* asks= */ true);

    public DiffOptions {
        renames = List.copyOf(renames);
        noRenames = Set.copyOf(noRenames);
    }

    /**
     * What may be dropped though the user would miss it.
     *
     * @param all everything
     * @param names or only what has one of these names, with its schema and table or without
     */
    public record Drops(boolean all, Set<String> names) {

        public static final Drops ALL = new Drops(true, Set.of());
        public static final Drops NONE = new Drops(false, Set.of());

        public Drops {
            names = Set.copyOf(names);
        }

        /** Whether this one may be. */
        public boolean allow(FactId id) {
            return all || isNamed(names, id);
        }
    }

    /** Whether one of the names means this object: its own, or with those of what it stands in. */
    static boolean isNamed(Set<String> names, FactId id) {
        String qualified = id.qualifiedName();
        return names.stream().anyMatch(name -> qualified.equals(name) || qualified.endsWith("." + name));
    }

    /** Whether it is known that this one was not renamed: it goes, or is new. */
    public boolean isNoRename(FactId id) {
        return isNamed(noRenames, id) || isNamed(drops.names(), id);
    }

    /** For the way back: everything that the way there has made may go. */
    public DiffOptions back() {
        return new DiffOptions(
                online, Drops.ALL, renames.stream().map(Rename::back).toList(), Set.of(), /* asks= */ false);
    }

    public DiffOptions with(Drops newDrops) {
        return new DiffOptions(online, newDrops, renames, noRenames, asks);
    }

    /** The same with these renames. */
    public DiffOptions renaming(List<Rename> newRenames) {
        return new DiffOptions(online, drops, newRenames, noRenames, asks);
    }

    /** The same, where these were not renamed. */
    public DiffOptions notRenaming(Set<String> names) {
        return new DiffOptions(online, drops, renames, names, asks);
    }

    /** The same, where nothing was renamed of which nothing is said. */
    public DiffOptions withoutQuestions() {
        return new DiffOptions(online, drops, renames, noRenames, /* asks= */ false);
    }

    /** The same in the plain form. */
    public DiffOptions offline() {
        return new DiffOptions(/* online= */ false, drops, renames, noRenames, asks);
    }
}
