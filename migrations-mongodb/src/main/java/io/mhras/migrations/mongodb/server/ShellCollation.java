package io.mhras.migrations.mongodb.server;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationAlternate;
import com.mongodb.client.model.CollationCaseFirst;
import com.mongodb.client.model.CollationMaxVariable;
import com.mongodb.client.model.CollationStrength;
import java.util.Map;
import org.bson.BsonDocument;

/** Reads how texts are compared and sorted. */
final class ShellCollation {

    private ShellCollation() {}

    static Collation of(BsonDocument collation) {
        Collation.Builder builder = Collation.builder();
        Map<String, CollationCaseFirst> caseFirst = Map.of(
                "upper", CollationCaseFirst.UPPER, "lower", CollationCaseFirst.LOWER, "off", CollationCaseFirst.OFF);
        new ShellOptions(collation)
                .text("locale", builder::locale)
                .flag("caseLevel", builder::caseLevel)
                .text("caseFirst", name -> builder.collationCaseFirst(caseFirst.get(name)))
                .number("strength", strength -> builder.collationStrength(CollationStrength.fromInt(strength)))
                .flag("numericOrdering", builder::numericOrdering)
                .text("alternate", name -> builder.collationAlternate(CollationAlternate.fromString(name)))
                .text("maxVariable", name -> builder.collationMaxVariable(CollationMaxVariable.fromString(name)))
                .flag("backwards", builder::backwards)
                .flag("normalization", builder::normalization)
                .end("collation");
        return builder.build();
    }
}
