package io.mhras.migrations.cli.options;

import io.mhras.migrations.DatabaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --db-type} names: a kind of database, or all. */
public record DatabaseChoice(List<DatabaseKind> kinds) {

    private static final String ALL = "all";

    /** How a choice is written. */
    static final class Names extends ArrayList<String> implements ITypeConverter<DatabaseChoice> {

        private static final long serialVersionUID = 1;

        Names() {
            super(Stream.concat(Stream.of(DatabaseKind.values()).map(DatabaseKind::toString), Stream.of(ALL))
                    .toList());
        }

        @Override
        public DatabaseChoice convert(String value) {
            String name = value.toLowerCase(Locale.ROOT);
            if (!contains(name)) {
                throw new TypeConversionException("expected one of "
                        + toString().toUpperCase(Locale.ROOT) + " (case-insensitive) but was '" + value + "'");
            }
            return new DatabaseChoice(Stream.of(DatabaseKind.values())
                    .filter(kind -> name.equals(ALL) || name.equals(kind.toString()))
                    .toList());
        }
    }
}
