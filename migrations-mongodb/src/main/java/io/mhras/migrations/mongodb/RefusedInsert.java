package io.mhras.migrations.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteInsert;
import com.mongodb.bulk.BulkWriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;

/** An {@code insertMany} that was refused: all of the script's list was sent, or what an earlier run had not done of it. */
final class RefusedInsert {

    private final ShellCall whole;
    private final ShellCall sent;
    private final MongoException error;
    private final List<BsonDocument> documents;
    private final List<Integer> places;

    /**
     * A refusal.
     *
     * @param whole the script's own call
     * @param sent with a part of its documents, or with all
     */
    RefusedInsert(ShellCall whole, ShellCall sent, MongoException error) {
        this.whole = whole;
        this.sent = sent;
        this.error = error;
        documents = DoubtfulInsert.documents(whole);
        places = places(DoubtfulInsert.documents(sent));
    }

    /** Where each document that was sent stands in the script's list; they are in its order. */
    private List<Integer> places(List<BsonDocument> rest) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < documents.size() && found.size() < rest.size(); i++) {
            if (documents.get(i).equals(rest.get(found.size()))) {
                found.add(i);
            }
        }
        return found;
    }

    /** The error as if the script's whole list had been sent. */
    MongoException told() {
        if (!(error instanceof MongoBulkWriteException bulk) || places.size() == documents.size()) {
            return error;
        }
        List<BulkWriteError> errors = bulk.getWriteErrors().stream()
                .map(each -> new BulkWriteError(
                        each.getCode(), each.getMessage(), each.getDetails(), places.get(each.getIndex())))
                .toList();
        return new MongoBulkWriteException(
                result(errors), errors, bulk.getWriteConcernError(), bulk.getServerAddress(), bulk.getErrorLabels());
    }

    private BulkWriteResult result(List<BulkWriteError> errors) {
        Set<Integer> refused = errors.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
        // Behind a refusal an ordered list goes no further; but an earlier run may have found the document free.
        int end = isOrdered() && !errors.isEmpty() ? errors.get(0).getIndex() : documents.size();
        List<BulkWriteInsert> inserts = IntStream.range(0, documents.size())
                .filter(i -> i < end ? !refused.contains(i) : !places.contains(i))
                .mapToObj(i -> new BulkWriteInsert(i, documents.get(i).get("_id", BsonNull.VALUE)))
                .toList();
        return BulkWriteResult.acknowledged(inserts.size(), 0, 0, 0, List.of(), inserts);
    }

    private boolean isOrdered() {
        return !BsonBoolean.FALSE.equals(
                whole.arguments().getDocument("options").get("ordered"));
    }

    /** What is to be remembered of the list: those before the first that was refused are there. */
    BsonDocument remembered(BsonDocument before) {
        boolean isCounted = error instanceof MongoBulkWriteException || !FailedWrite.mayBeDoneInPart(sent, error);
        if (!isOrdered() || !isCounted) {
            return DoubtfulInsert.withoutCount(before);
        }
        return DoubtfulInsert.inserted(before, documents.subList(0, firstRefused()));
    }

    private int firstRefused() {
        if (!(error instanceof MongoBulkWriteException bulk)) {
            return places.get(0);
        }
        return bulk.getWriteErrors().isEmpty()
                ? documents.size()
                : places.get(bulk.getWriteErrors().get(0).getIndex());
    }
}
