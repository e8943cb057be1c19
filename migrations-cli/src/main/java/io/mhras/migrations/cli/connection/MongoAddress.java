package io.mhras.migrations.cli.connection;

import static io.mhras.migrations.cli.options.Settings.first;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.mongodb.UriOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a MongoDB database.
 *
 * @param scheme {@code mongodb} or {@code mongodb+srv}
 * @param user as it stands in the address, percent-encoded; null if it names none
 * @param password likewise
 * @param rest hosts, the database for the login, and options
 * @param database which one to migrate; null if none is given
 */
record MongoAddress(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        String rest,
        @Nullable String database) {

    private static final Pattern URL = Pattern.compile(
            "(?i)(mongodb(?:\\+srv)?)://(?:([^:@/?]*)(?::([^:@/?]*))?@)?([^:@/?]+(?::\\d{1,5})?(?:,[^:@/?,]+(?::\\d{1,5})?)*(?:/([^?/]*))?(?:\\?(.*))?)");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    // With these the server requires no password, or other credentials.
    private static final Pattern WITHOUT_PASSWORD =
            Pattern.compile("(?i).*[?&]authMechanism=(?:MONGODB-X509|MONGODB-AWS|MONGODB-OIDC|GSSAPI).*");

    /** @throws InvalidSettingException if it is none; it does not show the password */
    static MongoAddress parse(String text) {
        Matcher url = URL.matcher(IPV6.matcher(text.strip()).replaceAll("ipv6"));
        if (!url.matches()) {
            throw invalid(text);
        }
        try {
            UriOptions.refuseUnknown(text.strip());
        } catch (Refused e) {
            throw new InvalidSettingException(e.problem(), e.remedy());
        }
        String user = first(url.group(2));
        String behindScheme = text.strip().replaceFirst("(?i)^mongodb[^/]*//", "");
        String rest = user == null ? behindScheme : behindScheme.substring(behindScheme.indexOf('@') + 1);
        return new MongoAddress(url.group(1), user, url.group(3), rest, first(url.group(5)));
    }

    static InvalidSettingException invalid(String text) {
        return new InvalidSettingException(
                "'" + HiddenPassword.in(text) + "' is not an address of a MongoDB database.",
                "Write mongodb://user:password@host:27017/database; in user and password write %40 for @, %3A for :,"
                        + " %2F for / and %25 for %. With mongodb+srv:// write one host and no port.");
    }

    /** The same with another database to migrate. */
    MongoAddress in(@Nullable String newDatabase) {
        return new MongoAddress(scheme, user, password, rest, newDatabase);
    }

    /** The same for another user or another password, as far as they are given. */
    MongoAddress as(@Nullable String newUser, @Nullable String newPassword) {
        return new MongoAddress(
                scheme,
                newUser == null
                        ? user
                        : URLEncoder.encode(newUser, StandardCharsets.UTF_8).replace("+", "%20"),
                newPassword == null
                        ? newUser == null ? password : null
                        : URLEncoder.encode(newPassword, StandardCharsets.UTF_8).replace("+", "%20"),
                rest,
                database);
    }

    /** Whether the server will require a password that is not given. */
    boolean lacksPassword() {
        return user != null
                && password == null
                && !WITHOUT_PASSWORD.matcher(rest).matches();
    }

    /** With the password, for the driver alone. */
    String connectionString() {
        String login = user == null ? "" : user + (password == null ? "" : ":" + password) + "@";
        return scheme + "://" + login + rest;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return scheme + "://" + rest + " (" + Objects.requireNonNullElse(database, "no database") + ")";
    }
}
