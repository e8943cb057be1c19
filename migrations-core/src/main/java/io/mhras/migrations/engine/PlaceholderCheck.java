package io.mhras.migrations.engine;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.ScriptLanguage.Placeholder;
import io.mhras.migrations.text.SettingNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for placeholders without a value in what is to run.
 *
 * @param undeclared what to do about them
 * @param language of the scripts
 */
record PlaceholderCheck(UndeclaredPlaceholders undeclared, ScriptLanguage language) {

    private static final int MOST_NAMED = 10;

    /**
     * The plan, with a note for each.
     *
     * @throws InvalidMigration if they are errors
     */
    MigrationPlan check(MigrationPlan plan) {
        if (undeclared == UndeclaredPlaceholders.IGNORE) {
            return plan;
        }
        List<Placeholder> found = new ArrayList<>();
        for (MigrationStep step : plan.steps()) {
            addFrom(step.script(), found);
            addFrom(step.verify(), found);
        }
        if (found.isEmpty()) {
            return plan;
        }
        if (undeclared == UndeclaredPlaceholders.ERROR) {
            throw refusal(found);
        }
        return new MigrationPlan(plan.database(), plan.steps(), withNotes(plan.notes(), found));
    }

    /** @throws InvalidMigration if the script has any */
    void refuseIn(@Nullable MigrationScript script) {
        List<Placeholder> found = new ArrayList<>();
        addFrom(script, found);
        if (!found.isEmpty()) {
            throw refusal(found);
        }
    }

    private static InvalidMigration refusal(List<Placeholder> found) {
        Placeholder first = found.get(0);
        return new InvalidMigration(
                "${" + first.name() + "} has no value" + others(found.size() - 1) + ".",
                first.place(),
                "Give it one with " + setting(first.name()) + ". If it is meant as it stands, set "
                        + SettingNames.quoted("undeclared-placeholders") + " to 'warn' or 'ignore'.");
    }

    private void addFrom(@Nullable MigrationScript script, List<Placeholder> found) {
        if (script != null && script.content().hasPlaceholders()) {
            found.addAll(language.placeholders(script));
        }
    }

    private static List<String> withNotes(List<String> notes, List<Placeholder> found) {
        List<String> all = new ArrayList<>(notes);
        for (Placeholder one : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
            all.add(one.place() + ": ${" + one.name() + "} has no value and is left as it is; " + setting(one.name())
                    + " gives it one.");
        }
        if (found.size() > MOST_NAMED) {
            all.add((found.size() - MOST_NAMED) + " more placeholders have no value.");
        }
        return all;
    }

    private static String others(int more) {
        return more == 0 ? "" : more == 1 ? ", and neither has 1 other" : ", and neither have " + more + " others";
    }

    private static String setting(String name) {
        return "the setting " + SettingNames.quoted(ScriptLanguage.settingOf(name));
    }
}
