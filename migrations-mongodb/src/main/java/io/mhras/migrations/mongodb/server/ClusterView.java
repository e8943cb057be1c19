package io.mhras.migrations.mongodb.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that the driver knows of the cluster when it has waited for a server in vain.
 *
 * @param text as the driver prints it
 */
record ClusterView(String text) {

    private static final Pattern ADDRESS = Pattern.compile("address=([^,}]+)");
    private static final Pattern CAUSE = Pattern.compile("caused by \\{([^{}]*)}");

    /** Whether there are members, but no primary. */
    boolean hasSecondariesOnly() {
        return text.contains("type=REPLICA_SET_SECONDARY");
    }

    /** Whether a member was started and never told which replica set it belongs to. */
    boolean isNotInitiated() {
        return text.contains("type=REPLICA_SET_GHOST");
    }

    /** Whether each server refused the connection or is not known by name; not, for example, for want of a password. */
    boolean isNotUpYet() {
        return (text.contains("java.net.ConnectException") || text.contains("java.net.UnknownHostException"))
                && !text.contains("MongoSecurityException");
    }

    /** The first server, and why there is no connection to it; all of the text if it does not say. */
    String reason() {
        Matcher address = ADDRESS.matcher(text);
        Matcher cause = CAUSE.matcher(text);
        String last = "";
        while (cause.find()) {
            last = cause.group(1).replaceFirst("^[\\w.]+Exception: ", "");
        }
        return address.find() && !last.isEmpty() ? address.group(1) + ": " + last : text;
    }
}
