package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names and texts of new migration files, in the style of the ones there are. Writes nothing. */
public final class MigrationTemplate {

    /** A file name can have 255 bytes, which is more than is readable. */
    private static final int LONGEST_NAME = 60;

    private final MigrationSet set;
    private final DatabaseKind kind;
    private final VersionSequence versions;
    private final FileStyle style;

    /**
     * A template.
     *
     * @param set the migrations that there are; their newest file shows the style
     * @param kind the kind of database that new files are for
     * @param clock for versions that are times; should be in UTC
     */
    public MigrationTemplate(MigrationSet set, DatabaseKind kind, Clock clock) {
        this.set = set;
        this.kind = kind;
        this.versions = new VersionSequence(
                set.migrations().stream()
                        .map(Migration::version)
                        .filter(version -> !version.isRepeatable())
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                clock);
        this.style = FileStyle.of(set, kind.extension());
    }

    /**
     * A file that is not written yet.
     *
     * @param name without its folder
     * @param text all of it
     */
    public record NewFile(String name, String text) {
        private NewFile(String name, ScriptText text) {
            this(name, text.toString());
        }
    }

    /** The version after the newest one, of its kind and width. */
    public MigrationVersion next() {
        return versions.next();
    }

    /** The version after the newest one, as a date and a time: {@code 20251030153012}, or as the newest one has it. */
    public MigrationVersion nextTime() {
        return versions.nextTime();
    }

    /**
     * This version, as wide as the others.
     *
     * @throws InvalidTarget if it is none, or there is a migration that has it
     */
    public MigrationVersion version(String text) {
        if (!MigrationVersion.isValid(text) || MigrationVersion.of(text).isRepeatable()) {
            throw new InvalidTarget(
                    "'" + text + "' is not a version.",
                    "Write a number, for example " + next() + " or 1.2; leave it out for " + next() + ".");
        }
        MigrationVersion version = versions.of(text);
        set.find(version).ifPresent(other -> {
            throw new InvalidTarget(
                    "There is a migration " + other.version() + " already: "
                            + other.up().location() + ".",
                    "Take another version; the next one is " + next() + ".");
        });
        return version;
    }

    /**
     * The up and the down file of a change. Until it is written, they fail when they are run.
     *
     * @param words what it does, for example {@code add user email}
     * @param requires what it requires; empty for the preceding version
     * @throws InvalidTarget if none of the words can be in a file name
     */
    public List<NewFile> change(String words, MigrationVersion version, List<MigrationVersion> requires) {
        String name = nameOf(words);
        String up = style.up(version, name);
        return List.of(
                new NewFile(up, script().title(words).requires(requires).unwritten("Write the change here.")),
                new NewFile(
                        style.down(version, name),
                        script().comment("Takes back " + up + ".")
                                .unwritten("Write here what takes it back; if nothing does, delete this file.")));
    }

    /** The up and the down file that join branches: they run nothing. */
    public List<NewFile> merge(String words, MigrationVersion version, List<MigrationVersion> heads) {
        String name = nameOf(words);
        return List.of(
                new NewFile(
                        style.up(version, name),
                        script().title(words)
                                .comment("Joins branches; there is nothing to run.")
                                .requires(heads)),
                new NewFile(
                        style.down(version, name),
                        script().comment("Parts the branches again; there is nothing to take back.")));
    }

    /**
     * The file of a repeatable.
     *
     * @throws InvalidTarget if there is one of this name
     */
    public NewFile repeatable(String words, List<MigrationVersion> requires) {
        String name = nameOf(words);
        set.find(MigrationVersion.of("R_" + name)).ifPresent(other -> {
            throw new InvalidTarget(
                    "There is a repeatable migration '" + name + "' already: "
                            + other.up().location() + ".",
                    "Change that file: it runs again by itself. Or take another name.");
        });
        return new NewFile(
                style.repeatable(name),
                script().title(words)
                        .comment("Runs again whenever this file changes, after all versions: write it so that it can.")
                        .requires(requires)
                        .unwritten("Write the definition here."));
    }

    private ScriptText script() {
        return new ScriptText(CommentStyle.of(kind));
    }

    /** {@code add_user_email} for "Add user e-mail!": what every file system accepts. */
    private static String nameOf(String words) {
        String name = Normalizer.normalize(words, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        if (name.isEmpty()) {
            throw new InvalidTarget(
                    "'" + words + "' has nothing that can stand in a file's name.",
                    "Say in a few words what the migration does, for example \"add user email\".");
        }
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int lastGap = name.lastIndexOf('_', LONGEST_NAME);
        int end = lastGap > 0 ? lastGap : name.offsetByCodePoints(0, LONGEST_NAME / 2);
        return name.substring(0, end);
    }
}
