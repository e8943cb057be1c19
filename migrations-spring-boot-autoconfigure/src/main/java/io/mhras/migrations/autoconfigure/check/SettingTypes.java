package io.mhras.migrations.autoconfigure.check;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Which settings a record has, and those in it, and of which type they are. */
final class SettingTypes {

    private SettingTypes() {}

    /**
     * The type of a setting, or of an element of it; null if there is no such setting.
     *
     * @param from which of the name's elements is the first below the record
     */
    static @Nullable Class<?> of(ConfigurationPropertyName name, int from, Type type) {
        Class<?> raw = raw(type);
        if (Map.class.isAssignableFrom(raw)) {
            Type value = argument(type, 1);
            // A name with dots in it is a name like any other, where nothing can be below it.
            boolean isLeaf = !raw(value).isRecord();
            return from == name.getNumberOfElements()
                    ? raw
                    : of(name, isLeaf ? name.getNumberOfElements() : from + 1, value);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            boolean isElement = from < name.getNumberOfElements();
            return of(name, isElement ? from + 1 : from, argument(type, 0));
        }
        if (from == name.getNumberOfElements()) {
            return raw;
        }
        if (!raw.isRecord()) {
            return null;
        }
        String element = name.getElement(from, Form.UNIFORM);
        for (RecordComponent component : raw.getRecordComponents()) {
            if (component.getName().toLowerCase(Locale.ROOT).equals(element)) {
                return of(name, from + 1, component.getGenericType());
            }
        }
        return null;
    }

    /** All settings, as they are written; of those with names that users choose, the ones with this name's. */
    static List<String> names(ConfigurationPropertyName name, ConfigurationPropertyName prefix, Class<?> type) {
        List<String> names = new ArrayList<>();
        add(names, prefix.toString(), name, prefix.getNumberOfElements(), type);
        return names;
    }

    private static void add(List<String> names, String above, ConfigurationPropertyName name, int depth, Type type) {
        Class<?> raw = raw(type);
        if (raw.isRecord()) {
            for (RecordComponent component : raw.getRecordComponents()) {
                String written = above + "." + dashed(component.getName());
                add(names, written, name, depth + 1, component.getGenericType());
            }
        } else if (!Map.class.isAssignableFrom(raw)) {
            names.add(above);
        } else if (!raw(argument(type, 1)).isRecord()) {
            names.add(above + ".<name>");
        } else if (depth < name.getNumberOfElements() && name.toString().startsWith(above + ".")) {
            add(names, above + "." + name.getElement(depth, Form.ORIGINAL), name, depth + 1, argument(type, 1));
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
