package io.mhras.migrations.mongodb.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that the driver knows of the cluster when it has waited for a server in vain.
 *
 * @param text as the driver prints it
 */
record ClusterView(String text) {

    static final String BY_NAME_SERVICE =
            "With mongodb+srv:// the name service (DNS) says which hosts there are. Check the name, and that this machine may"
                    + " ask for SRV records; or write mongodb:// with all the hosts and replicaSet=<name>.";

    private static final Pattern ADDRESS = Pattern.compile("address=([^,}]+)");
    private static final Pattern LOOKUP = Pattern.compile("srvResolutionException=[\\w.]+: (.*?), servers=");
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
        Matcher lookup = LOOKUP.matcher(text);
        if (lookup.find()) {
            return lookup.group(1);
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.find()) {
            return text;
        }
        String why = isUnknownHost()
                ? "there is no host of this name."
                : mayBeOfAnotherSet()
                        ? "it has not answered in time, or is no member of the replica set that the connection string names."
                        : cause();
        return address.group(1) + ": " + (why.isEmpty() ? "it has not answered in time." : why);
    }

    /** The driver forgets what is not of the set that it looks for, and shows it as if it had not answered. */
    private boolean mayBeOfAnotherSet() {
        return text.contains("{type=REPLICA_SET,") && cause().isEmpty();
    }

    private boolean isUnknownHost() {
        return text.contains("UnknownHostException");
    }

    private String cause() {
        Matcher cause = CAUSE.matcher(text);
        String last = "";
        while (cause.find()) {
            last = cause.group(1).replaceFirst("^[\\w.]+Exception: ", "");
        }
        return last;
    }

    /** What to do about it. */
    String remedy() {
        if (LOOKUP.matcher(text).find()) {
            return BY_NAME_SERVICE;
        }
        if (mayBeOfAnotherSet()) {
            return "Check that the server runs, and write the set's name as rs.conf()._id shows it in mongosh:"
                    + " replicaSet=<name>. For a server by itself take the option out.";
        }
        if (isUnknownHost()) {
            return "Check the host's name in the connection string. A container has names of its own: 'localhost' is the"
                    + " container itself.";
        }
        if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
            return "The server does not speak TLS: take tls=true (or ssl=true) out of the connection string.";
        }
        if (text.contains("PKIX path") || text.contains("CertificateException")) {
            return "Java does not trust the server's certificate. Use the host's name that is in the certificate, and give"
                    + " Java who issued it: -Djavax.net.ssl.trustStore=<file>.";
        }
        return text.contains("Prematurely reached end of stream") || text.contains("Connection reset")
                ? "It was there and hung up at once: it may want TLS (tls=true in the connection string), or not be MongoDB."
                : "Check that the server runs, and that the hosts in the connection string are right.";
    }
}
