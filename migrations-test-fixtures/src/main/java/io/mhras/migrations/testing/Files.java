package io.mhras.migrations.testing;

import io.mhras.migrations.Checksum;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Batch;
import io.mhras.migrations.MigrationScript.Options;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Migrations of a test, written down as a user's folder would hold them: file name by file name. */
public final class Files {

    private final TreeMap<String, String> texts = new TreeMap<>();

    /** Adds a file, or puts another text into one. */
    public Files with(String name, String text) {
        Files more = new Files();
        more.texts.putAll(texts);
        more.texts.put(name, text);
        return more;
    }

    /** Adds many files at once. */
    public Files withAll(List<String> names, UnaryOperator<String> textOf) {
        Files more = new Files();
        more.texts.putAll(texts);
        names.forEach(name -> more.texts.put(name, textOf.apply(name)));
        return more;
    }

    /** Takes a file away. */
    public Files without(String name) {
        Files fewer = new Files();
        fewer.texts.putAll(texts);
        fewer.texts.remove(name);
        return fewer;
    }

    /** Makes the set of them. */
    public MigrationSet set() {
        List<Migration> migrations = new ArrayList<>();
        texts.keySet().stream()
                .filter(name -> !name.matches(".*\\.(down|verify)\\.\\w+"))
                .forEach(name -> migrations.add(migration(name)));
        return MigrationSet.of(migrations);
    }

    private Migration migration(String name) {
        String stem = name.substring(0, name.lastIndexOf('.'));
        String extension = name.substring(name.lastIndexOf('.'));
        String version = stem.startsWith("R_") ? stem : stem.substring(0, stem.indexOf('_'));
        if (version.startsWith("B")) {
            String words =
                    stem.substring(stem.indexOf('_') + 1).replace('_', ' ').strip();
            return Migration.baseline(
                    MigrationVersion.of(version.substring(1)), words, script(name, texts.getOrDefault(name, "")));
        }
        return new Migration(
                MigrationVersion.of(version),
                stem.substring(stem.indexOf('_') + 1).replace('_', ' '),
                null,
                script(name, texts.getOrDefault(name, "")),
                script(stem + ".down" + extension),
                script(stem + ".verify" + extension));
    }

    private @Nullable MigrationScript script(String name) {
        String text = texts.get(name);
        return text == null ? null : script(name, text);
    }

    private static MigrationScript script(String name, String text) {
        Matcher transaction =
                Pattern.compile("(?:--|//) migrate:transaction (\\w+)").matcher(text);
        Matcher lockTimeout =
                Pattern.compile("-- migrate:lock-timeout (\\d+)ms").matcher(text);
        Matcher batch =
                Pattern.compile("-- migrate:batch size=(\\d+) pause=(\\d+)ms").matcher(text);
        Options options = new Options(
                transaction.find()
                        ? Transaction.valueOf(transaction.group(1).toUpperCase(Locale.ROOT))
                        : Transaction.AUTO,
                lockTimeout.find() ? Duration.ofMillis(Long.parseLong(lockTimeout.group(1))) : null,
                batch.find()
                        ? new Batch(Integer.parseInt(batch.group(1)), Duration.ofMillis(Long.parseLong(batch.group(2))))
                        : null);
        return new MigrationScript(
                name, "classpath:db/migration/" + name, Checksum.of(text), options, () -> new StringReader(text));
    }
}
