package io.mhras.migrations.cli.connection;

/** An address to be shown to people. Rather too much is hidden than too little: a password may have any character in it. */
public final class HiddenPassword {

    private HiddenPassword() {}

    public static String in(String address) {
        int userInfo = address.indexOf("//");
        int at = address.lastIndexOf('@');
        String hidden = address;
        if (userInfo >= 0 && at > userInfo) {
            String user = address.substring(userInfo + 2, at).replaceFirst(":.*", "");
            hidden = address.substring(0, userInfo + 2) + user + ":***" + address.substring(at);
        }
        return hidden.replaceAll("(?i)(password)=[^&]*", "$1=***");
    }
}
