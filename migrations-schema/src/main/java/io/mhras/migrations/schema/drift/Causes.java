package io.mhras.migrations.schema.drift;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.drift.AppliedScripts.Applied;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a database has something else than its migrations make, as far as one can tell. */
final class Causes {

    private static final Set<FactKind> RIGHTS = EnumSet.of(FactKind.OWNER, FactKind.GRANT, FactKind.DEFAULT_PRIVILEGES);
    private static final String NOT_VALID = "NOT VALID";

    private final Mentions mentions;

    Causes(AppliedScripts applied, List<SchemaDifference> differences) {
        mentions = new Mentions(
                Stream.concat(applied.applied().stream(), applied.unfinished().stream())
                        .toList(),
                differences.stream()
                        .flatMap(one -> Stream.of(about(one).name(), holder(one)))
                        .collect(Collectors.toSet()));
    }

    /** Those that mention it together with what it stands in; for names as "id" are everywhere. */
    private List<Applied> mentioning(SchemaDifference difference) {
        List<Applied> ofHolder = mentions.of(holder(difference));
        return mentions.of(about(difference).name()).stream()
                .filter(ofHolder::contains)
                .toList();
    }

    /** As a sentence. */
    String of(SchemaDifference difference) {
        if (difference instanceof SchemaDifference.Changed changed) {
            String known = known(changed);
            if (known != null) {
                return known;
            }
        }
        if (difference instanceof SchemaDifference.Added added
                && "no".equals(added.fact().attribute("valid"))) {
            return "An invalid index: CREATE INDEX CONCURRENTLY or REINDEX was cut off.";
        }
        if (RIGHTS.contains(difference.id().kind())) {
            return "Rights were given or taken by hand, or for a role that only this server has.";
        }
        List<Applied> mentioning = mentioning(difference);
        if (difference instanceof SchemaDifference.Added) {
            return mentioning.isEmpty()
                    ? "Made by hand: no migration mentions it."
                    : doubted(mentioning, "Made by hand, or left by a change of what " + names(mentioning) + " says.");
        }
        String what = difference instanceof SchemaDifference.Removed ? "Dropped or renamed" : "Changed";
        if (mentioning.isEmpty()) {
            // They make it all the same: a constraint, for example, that they do not name.
            mentioning = mentions.of(holder(difference)).stream().limit(1).toList();
        }
        return mentioning.isEmpty()
                ? what + " by hand."
                : doubted(mentioning, what + " by hand after " + names(mentioning) + ".");
    }

    private static @Nullable String known(SchemaDifference.Changed changed) {
        SchemaFact wanted = changed.before();
        SchemaFact there = changed.after();
        if (changed.attributes().contains("valid")) {
            return "no".equals(there.attribute("valid"))
                    ? "An invalid index: CREATE INDEX CONCURRENTLY or REINDEX was cut off."
                    : "The migrations leave an invalid index, which was built again by hand.";
        }
        if (isValidated(wanted) != isValidated(there)) {
            return isValidated(there)
                    ? "It was validated by hand: the migrations leave it NOT VALID."
                    : "It was never validated: VALIDATE CONSTRAINT is missing.";
        }
        if (changed.id().kind() == FactKind.EXTENSION) {
            return "The extension was moved, or created by hand.";
        }
        return null;
    }

    private static boolean isValidated(SchemaFact fact) {
        return !String.valueOf(fact.attribute("definition")).endsWith(NOT_VALID)
                && !String.valueOf(fact.attribute("not null")).contains("not valid");
    }

    /** Says it if a migration that mentions it is not the one that made the database. */
    private static String doubted(List<Applied> mentioning, String otherwise) {
        return mentioning.stream()
                .filter(one -> one.doubt() != null)
                .reduce((first, second) -> second)
                .map(one -> one.title() + " " + one.doubt() + ".")
                .orElse(otherwise);
    }

    private static String names(List<Applied> mentioning) {
        return mentioning.get(mentioning.size() - 1).title();
    }

    /** Of what is said about an object, the object. */
    private static FactId about(SchemaDifference difference) {
        SchemaFact fact = fact(difference);
        FactId parent = fact.parent();
        return switch (fact.id().kind()) {
            case COMMENT, OWNER, GRANT, DEFAULT -> parent == null ? fact.id() : parent;
            default -> fact.id();
        };
    }

    /** The name of what it stands in; its own, if that is a schema. */
    private static String holder(SchemaDifference difference) {
        SchemaFact fact = fact(difference);
        FactId about = about(difference);
        FactId parent = fact.parent();
        if (about.equals(fact.id()) && parent != null && parent.kind() != FactKind.SCHEMA) {
            return parent.name();
        }
        return switch (about.kind()) {
            case COLUMN, CONSTRAINT, TRIGGER, RULE, POLICY ->
                about.path().get(about.path().size() - 2);
            default -> about.name();
        };
    }

    private static SchemaFact fact(SchemaDifference difference) {
        if (difference instanceof SchemaDifference.Added added) {
            return added.fact();
        }
        return difference instanceof SchemaDifference.Changed changed
                ? changed.after()
                : ((SchemaDifference.Removed) difference).fact();
    }
}
