package io.mhras.migrations.testing.mongodb.bson;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.text.Collator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How texts are compared: by a language's rules, with or without case and accents. */
public final class Collation {

    private static final Set<String> OPTIONS = Set.of(
            "locale",
            "strength",
            "caseLevel",
            "caseFirst",
            "numericOrdering",
            "alternate",
            "maxVariable",
            "backwards",
            "normalization",
            "version");

    private static final Set<String> UNSUPPORTED =
            Set.of("numericOrdering", "caseLevel", "backwards", "alternate", "caseFirst");

    private final Locale locale;
    private final int strength;

    private Collation(Locale locale, int strength) {
        this.locale = locale;
        this.strength = strength;
    }

    /** Null for the one that compares bytes. */
    public static @Nullable Collation of(Document options) {
        if (options.isEmpty() || "simple".equals(options.get("locale"))) {
            return null;
        }
        check(options);
        for (String option : UNSUPPORTED) {
            Object value = options.get(option);
            boolean isDefault =
                    value == null || List.of(false, "off", "non-ignorable").contains(value);
            if (!isDefault) {
                throw Errors.notSupported("a collation's " + option);
            }
        }
        int strength = options.get("strength") instanceof Number number ? number.intValue() : 3;
        return new Collation(
                Locale.forLanguageTag(Commands.text(options, "locale").replace('_', '-')), strength);
    }

    /** Throws what the server throws when a collation is none. */
    public static void check(Document options) {
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw Errors.unknownField("collation", option);
            }
        }
        if (!options.containsKey("locale")) {
            throw Errors.location(40414, "BSON field 'collation.locale' is missing but a required field");
        }
        if (!(options.get("locale") instanceof String name)) {
            throw Errors.typeMismatch("BSON field 'collation.locale' is the wrong type '"
                    + BsonTypeName.of(options.get("locale")) + "', expected type 'string'");
        }
        String language = name.split("[_@-]", 2)[0];
        if (!name.equals("simple") && !Set.of(Locale.getISOLanguages()).contains(language)) {
            throw Errors.badValue("Field 'locale' is invalid in: " + options.toString(true));
        }
        if (options.get("strength") instanceof Number number && (number.intValue() < 1 || number.intValue() > 5)) {
            throw Errors.badValue(
                    "BSON field 'collation.strength' value must be between 1 and 5, actual value '" + number + "'");
        }
    }

    /** Whether texts that differ can be equal. */
    public boolean folds() {
        return strength < 3;
    }

    /** Equal for values that are equal by this collation. */
    public Document folded(Document document) {
        return (Document) java.util.Objects.requireNonNull(mapped(document, this::folded));
    }

    private String folded(String text) {
        if (!folds()) {
            return text;
        }
        String lower = text.toUpperCase(locale).toLowerCase(locale);
        return strength == 1 ? Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}", "") : lower;
    }

    /** With texts that sort as bytes in the order of this collation. */
    public Document sortable(Document document) {
        Collator collator = Collator.getInstance(locale);
        collator.setStrength(Math.min(strength, 3) - 1);
        return (Document) java.util.Objects.requireNonNull(mapped(
                document,
                text -> HexFormat.of().formatHex(collator.getCollationKey(text).toByteArray())));
    }

    private static @Nullable Object mapped(@Nullable Object value, UnaryOperator<String> function) {
        if (value instanceof String text) {
            return function.apply(text);
        }
        if (value instanceof Document document) {
            Document result = new Document();
            document.forEach((field, each) -> result.put(
                    field, field.equals("$regex") || field.equals("$options") ? each : mapped(each, function)));
            return result;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(each -> result.add(mapped(each, function)));
            return result;
        }
        return value;
    }
}
