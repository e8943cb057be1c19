package io.mhras.migrations.postgresql;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine. */
final class Host {

    private Host() {}

    /** The environment's word first: a look-up can take seconds where the network's name service is slow. */
    static String name() {
        String named = System.getenv("HOSTNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
