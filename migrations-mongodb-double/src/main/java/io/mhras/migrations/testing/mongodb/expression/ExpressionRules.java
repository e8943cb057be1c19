package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which operators there are, on the server, in mongo-java-server and here. */
public final class ExpressionRules {

    private static final Set<String> BASE =
            Stream.of(Expression.values()).map(Expression::name).collect(Collectors.toUnmodifiableSet());

    /** What the server has and nobody here. */
    private static final Set<String> UNSUPPORTED =
            Set.of(("$acos $acosh $asin $asinh $atan $atan2 $atanh $binarySize $bsonSize $covariancePop $covarianceSamp"
                            + " $dateToParts $dateFromParts $denseRank $derivative $documentNumber $expMovingAvg $function"
                            + " $accumulator $integral $linearFill $locf $meta $rank $sampleRate $shift"
                            + " $substrBytes $toHashedIndexKey $tsIncrement $tsSecond $cosh $sinh $tanh $encStrContains"
                            + " $median $percentile $week $stdDevPop $stdDevSamp $degreesToRadians $radiansToDegrees $sin"
                            + " $cos $tan $bitAnd $bitOr $bitXor $bitNot $toUUID $indexOfBytes $createUUID $toDecimal")
                    .split(" "));

    private ExpressionRules() {}

    /** Throws what the server throws for an operator that it does not have, before any document is looked at. */
    public static void check(@Nullable Object expression) {
        if (expression instanceof Collection<?> list) {
            list.forEach(ExpressionRules::check);
            return;
        }
        if (!(expression instanceof Document document)) {
            return;
        }
        for (String field : document.keySet()) {
            if (!field.startsWith("$")) {
                check(document.get(field));
                continue;
            }
            if (document.size() > 1) {
                throw Errors.location(
                        15983,
                        "An object representing an expression must have exactly one field: " + document.toString(true));
            }
            checkOperator(field);
            if (!field.equals("$literal")) {
                check(document.get(field));
            }
        }
    }

    private static void checkOperator(String operator) {
        if (BASE.contains(operator) || Expressions.isOurs(operator)) {
            return;
        }
        throw unknown(operator);
    }

    static MongoServerError unknown(String operator) {
        return UNSUPPORTED.contains(operator)
                ? Errors.notSupported("the expression " + operator)
                : new MongoServerError(168, "InvalidPipelineOperator", "Unrecognized expression '" + operator + "'");
    }

    static boolean isBase(String operator) {
        return BASE.contains(operator);
    }
}
