package io.mhras.migrations.mongodb;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.text.Nearest;
import io.mhras.migrations.text.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a MongoDB URI. The driver only warns of those that it does not know; here they are refused by name. */
public final class UriOptions {

    // A password may have a question mark in it.
    private static final Pattern OPTIONS = Pattern.compile("[^/]*//(?:[^/@]*@)?[^?]*\\?(.*)", Pattern.DOTALL);
    private static final Pattern BETWEEN = Pattern.compile("[&;]");

    /** In any spelling of upper and lower case. */
    static final Set<String> KNOWN = Set.of(
            "appName",
            "authMechanism",
            "authMechanismProperties",
            "authSource",
            "compressors",
            "connectTimeoutMS",
            "directConnection",
            "gssapiServiceName",
            "heartbeatFrequencyMS",
            "journal",
            "loadBalanced",
            "localThresholdMS",
            "maxConnecting",
            "maxIdleTimeMS",
            "maxLifeTimeMS",
            "maxPoolSize",
            "maxStalenessSeconds",
            "minPoolSize",
            "proxyHost",
            "proxyPassword",
            "proxyPort",
            "proxyUsername",
            "readConcernLevel",
            "readPreference",
            "readPreferenceTags",
            "replicaSet",
            "retryReads",
            "retryWrites",
            "safe",
            "serverMonitoringMode",
            "serverSelectionTimeoutMS",
            "socketTimeoutMS",
            "srvMaxHosts",
            "srvServiceName",
            "ssl",
            "sslInvalidHostNameAllowed",
            "timeoutMS",
            "tls",
            "tlsAllowInvalidHostnames",
            "tlsInsecure",
            "uuidRepresentation",
            "w",
            "waitQueueTimeoutMS",
            "wtimeoutMS",
            "zlibCompressionLevel");

    private static final String TRUST_STORE =
            "Java takes certificates from a key store: import it, and start Java with -Djavax.net.ssl.trustStore=FILE"
                    + " (an own certificate: -Djavax.net.ssl.keyStore=FILE).";
    private static final String OF_NODE = "Leave it out: it is for the driver of Node.js.";

    /** What drivers of other languages and other tools know, in lower case, and what to do about it. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("tlscafile", TRUST_STORE),
            Map.entry("tlscertificatekeyfile", TRUST_STORE),
            Map.entry("tlscertificatekeyfilepassword", TRUST_STORE),
            Map.entry("sslcertificateauthorityfile", TRUST_STORE),
            Map.entry("tlsallowinvalidcertificates", "Write tlsInsecure=true; better, let Java know the certificate."),
            Map.entry("tlsdisableocspendpointcheck", "Leave it out: Java does not ask unless it is told to."),
            Map.entry("usenewurlparser", OF_NODE),
            Map.entry("useunifiedtopology", OF_NODE),
            Map.entry("poolsize", "Write maxPoolSize."),
            Map.entry("slaveok", "Leave it out: what migrates reads from the primary."),
            Map.entry("x-multi-statement", "Leave it out."));

    private UriOptions() {}

    /** @throws Refused if there is an option that the driver does not know */
    public static void refuseUnknown(String uri) {
        Matcher options = OPTIONS.matcher(uri);
        for (String option : BETWEEN.split(options.matches() ? options.group(1) : "", -1)) {
            String name = option.replaceFirst("=.*", "");
            if (!name.isEmpty() && KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
                throw new Refused(
                        "The URI of MongoDB has an option '" + name + "', which the driver does not know.",
                        remedy(name));
            }
        }
    }

    private static String remedy(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("x-migrations-collection")) {
            return "It names the history of golang-migrate. Leave it out; to give ours a name, set "
                    + SettingNames.quoted("mongodb.collection") + ".";
        }
        String known = REMEDIES.get(lower);
        if (known != null) {
            return known;
        }
        List<String> near = Nearest.to(
                        lower,
                        KNOWN.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList())
                .stream()
                .flatMap(one -> KNOWN.stream().filter(one::equalsIgnoreCase))
                .toList();
        return near.isEmpty()
                ? "Leave it out, or correct it: MongoDB's manual lists them as connection string options."
                : "Did you mean " + String.join(", ", near) + "?";
    }
}
