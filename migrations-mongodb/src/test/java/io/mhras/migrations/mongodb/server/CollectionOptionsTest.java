package io.mhras.migrations.mongodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was to be created, beside what listCollections of a server says of it. */
class CollectionOptionsTest {

    private static @Nullable String difference(String asked, String there) {
        BsonDocument create = BsonDocument.parse("{ create: 'a', comment: 'initial' }");
        create.putAll(BsonDocument.parse(asked));
        return CollectionOptions.difference(create, BsonDocument.parse(there));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{ }                                   | { }",
                "{ capped: false }                     | { }",
                "{ capped: true, size: 4000, max: 10 } | { capped: true, size: { $numberLong: '4096' }, max: 10.0 }",
                "{ expireAfterSeconds: 60 }            | { expireAfterSeconds: { $numberLong: '60' } }",
                "{ validator: { n: 1 } } | { validator: { n: 1 }, validationLevel: 'strict', validationAction: 'error'"
                        + " }",
                "{ validationLevel: 'strict', validator: { } } | { }",
                "{ collation: { locale: 'en' } } | { collation: { locale: 'en', strength: 3, version: '57.1' } }",
                "{ collation: { locale: 'simple' } }   | { }",
                "{ timeseries: { timeField: 't' } }"
                        + " | { timeseries: { timeField: 't', granularity: 'seconds', bucketMaxSpanSeconds: 3600 } }",
                "{ clusteredIndex: { key: { _id: 1 }, unique: true } }"
                        + " | { clusteredIndex: { v: 2, key: { _id: 1 }, unique: true, name: '_id_' } }",
                "{ viewOn: 'b', pipeline: [] }         | { viewOn: 'b', pipeline: [] }",
                "{ changeStreamPreAndPostImages: { enabled: false } } | { }"
            })
    void isTheSame(String asked, String there) {
        assertThat(difference(asked, there)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{ expireAfterSeconds: 60 } | { expireAfterSeconds: 3600 } | its 'expireAfterSeconds' is 3600; it was"
                        + " to be 60.",
                "{ expireAfterSeconds: 60 }                 | { } | without the 'expireAfterSeconds' that it was to"
                        + " get.",
                "{ clusteredIndex: { key: { _id: 1 } } }    | { } | without the 'clusteredIndex' that it was to get.",
                "{ timeseries: { timeField: 't' } } | { timeseries: { timeField: 'at', granularity: 'seconds' } }"
                        + " | its 'timeseries' is {",
                "{ capped: true, size: 4096 } | { capped: true, size: 8192 } | its 'size' is 8192; it was to be 4096.",
                "{ validator: { n: 1 } }                    | { validator: { n: 2 } } | its 'validator' is {",
                "{ collation: { locale: 'de' } }            | { collation: { locale: 'en' } } | its 'collation' is {",
                "{ viewOn: 'b', pipeline: [] }              | { } | without the 'viewOn' that it was to get.",
                "{ }                                        | { capped: true, size: 4096 } | with a 'capped' that it"
                        + " was not to get.",
                "{ }                                        | { viewOn: 'b', pipeline: [] } | with a 'viewOn'",
                "{ validationLevel: 'moderate' }            | { } | without the 'validationLevel'"
            })
    void isAnother(String asked, String there, String difference) {
        assertThat(difference(asked, there))
                .startsWith("The collection is there, but ")
                .contains(difference);
    }
}
