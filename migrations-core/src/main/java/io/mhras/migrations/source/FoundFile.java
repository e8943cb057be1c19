package io.mhras.migrations.source;

import java.util.Locale;
import org.springframework.core.io.Resource;

/**
 * A file in a location, not yet read.
 *
 * @param name without its folder
 * @param location where users would look for it
 * @param origin its full address, which tells two roots of the class path apart
 * @param resource opens it
 */
record FoundFile(String name, String location, String origin, Resource resource) {

    /** Whatever the case: on a disk that ignores it {@code 001_x.SQL} is an easy slip, and skipping it would be silent. */
    boolean endsIn(String extension) {
        boolean hidden = name.startsWith(".");
        return !hidden && name.toLowerCase(Locale.ROOT).endsWith("." + extension.toLowerCase(Locale.ROOT));
    }
}
