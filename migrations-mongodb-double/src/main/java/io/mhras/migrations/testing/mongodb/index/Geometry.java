package io.mhras.migrations.testing.mongodb.index;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What geographic indexes take: GeoJSON and pairs of coordinates. */
final class Geometry {

    private Geometry() {}

    static void checkSphere(@Nullable Object value, Document document) {
        if (value instanceof Document shape && shape.containsKey("type")) {
            checkShape(shape, document);
        } else if (value instanceof Collection<?> list && list.stream().allMatch(Document.class::isInstance)) {
            list.forEach(each -> checkSphere(each, document));
        } else if (value instanceof Collection<?> || value instanceof Document) {
            checkPosition(value instanceof Document pair ? new ArrayList<>(pair.values()) : value, document);
        } else {
            throw failure(document, "geo element must be an array or object: " + value);
        }
    }

    private static void checkShape(Document shape, Document document) {
        Object coordinates = shape.get("coordinates");
        switch (String.valueOf(shape.get("type"))) {
            case "Point" -> checkPosition(coordinates, document);
            case "MultiPoint" -> all(coordinates, document, each -> checkPosition(each, document));
            case "LineString" -> checkLine(coordinates, document);
            case "MultiLineString" -> all(coordinates, document, each -> checkLine(each, document));
            case "Polygon" -> all(coordinates, document, each -> checkLoop(each, document));
            case "MultiPolygon" ->
                all(coordinates, document, each -> all(each, document, loop -> checkLoop(loop, document)));
            case "GeometryCollection" -> all(shape.get("geometries"), document, each -> checkSphere(each, document));
            default -> throw failure(document, "unknown GeoJSON type: " + shape.toString(true));
        }
    }

    private interface Check {
        void of(@Nullable Object each);
    }

    private static void all(@Nullable Object list, Document document, Check check) {
        if (!(list instanceof Collection<?> elements) || elements.isEmpty()) {
            throw failure(document, "GeoJSON coordinates must be an array");
        }
        elements.forEach(check::of);
    }

    private static void checkLine(@Nullable Object line, Document document) {
        all(line, document, each -> checkPosition(each, document));
        if (((Collection<?>) java.util.Objects.requireNonNull(line)).size() < 2) {
            throw failure(document, "GeoJSON LineString must have at least 2 vertices: " + line);
        }
    }

    private static void checkLoop(@Nullable Object loop, Document document) {
        checkLine(loop, document);
        List<Object> positions = new ArrayList<>((Collection<?>) java.util.Objects.requireNonNull(loop));
        if (!positions.get(0).equals(positions.get(positions.size() - 1))) {
            throw failure(document, "Loop is not closed: " + loop);
        }
        if (positions.size() < 4) {
            throw failure(document, "Loop must have at least 3 different vertices: " + loop);
        }
    }

    private static void checkPosition(@Nullable Object position, Document document) {
        if (!(position instanceof Collection<?> list)) {
            throw failure(
                    document,
                    "Point must be an array or object, instead got type "
                            + io.mhras.migrations.testing.mongodb.bson.BsonTypeName.of(position));
        }
        List<Double> numbers = numbers(list, failure(document, "Point must only contain numeric elements"));
        if (numbers.size() < 2) {
            throw failure(document, "Point must contain at least two numeric elements");
        }
        if (Math.abs(numbers.get(0)) > 180 || Math.abs(numbers.get(1)) > 90) {
            throw failure(
                    document,
                    "longitude/latitude is out of bounds, lng: " + numbers.get(0) + " lat: " + numbers.get(1));
        }
    }

    private static List<Double> numbers(Collection<?> list, MongoServerError otherwise) {
        List<Double> numbers = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Number number)) {
                throw otherwise;
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }

    static void checkFlat(@Nullable Object value) {
        Collection<?> pair = value instanceof Document document
                ? document.values()
                : value instanceof Collection<?> list ? list : List.of();
        List<Double> numbers =
                numbers(pair, Errors.location(13026, "geo values must be 'legacy coordinate pairs' for 2d indexes"));
        if (numbers.size() < 2) {
            throw Errors.location(13026, "geo values must be 'legacy coordinate pairs' for 2d indexes");
        }
        if (numbers.stream().limit(2).anyMatch(each -> each < -180 || each > 180)) {
            throw Errors.location(13027, "point not in interval of [ -180, 180 ] :: caused by :: " + value);
        }
    }

    private static MongoServerError failure(Document document, String why) {
        return Errors.location(16755, "Can't extract geo keys: " + document.toString(true) + "  " + why);
    }
}
