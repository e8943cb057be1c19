package io.mhras.migrations.test.ward;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

enum Sex {
    FEMALE,
    MALE;

    /** A letter in the database. */
    @Converter(autoApply = true)
    static class AsLetter implements AttributeConverter<Sex, Character> {

        @Override
        public Character convertToDatabaseColumn(Sex sex) {
            return sex == FEMALE ? 'F' : 'M';
        }

        @Override
        public Sex convertToEntityAttribute(Character letter) {
            return letter == 'F' ? FEMALE : MALE;
        }
    }
}
