package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Users and their roles; they are kept and listed, and nobody is asked who they are. */
final class UserCommands {

    private final Map<String, Document> users = new TreeMap<>();

    Document answer(Call call) {
        String name = call.query().get(call.name()) instanceof String user ? user : "";
        String id = call.database() + "." + name;
        String command = call.name().toLowerCase(Locale.ROOT);
        if (command.equals("usersinfo")) {
            return list(call);
        }
        if (command.equals("dropallusersfromdatabase")) {
            int before = users.size();
            users.values().removeIf(user -> call.database().equals(user.get("db")));
            return Commands.ok().append("n", before - users.size());
        }
        if (command.equals("createuser")) {
            if (users.containsKey(id)) {
                throw Errors.userExists(name, call.database());
            }
            users.put(id, new Document("_id", id).append("user", name).append("db", call.database()));
        }
        Document user = users.get(id);
        if (user == null) {
            throw Errors.userNotFound("Could not find user \"" + name + "\" for db \"" + call.database() + "\"");
        }
        switch (command) {
            case "dropuser" -> users.remove(id);
            case "grantrolestouser" -> {
                List<Object> roles = new ArrayList<>(roles(call.database(), user));
                roles.addAll(roles(call.database(), call.query()));
                user.put("roles", roles);
            }
            case "revokerolesfromuser" -> {
                List<Object> roles = new ArrayList<>(roles(call.database(), user));
                roles.removeAll(roles(call.database(), call.query()));
                user.put("roles", roles);
            }
            default -> {
                if (call.query().containsKey("roles")) {
                    user.put("roles", roles(call.database(), call.query()));
                }
            }
        }
        return Commands.ok();
    }

    private static List<Object> roles(String database, Document from) {
        List<Object> roles = new ArrayList<>();
        if (from.get("roles") instanceof List<?> list) {
            for (Object role : list) {
                roles.add(role instanceof String name ? new Document("role", name).append("db", database) : role);
            }
        }
        return roles;
    }

    private Document list(Call call) {
        Document asked = asked(call, "user");
        List<Document> found = users.values().stream()
                .filter(user -> asked.entrySet().stream()
                        .allMatch(field -> field.getValue().equals(user.get(field.getKey()))))
                .map(Document::cloneDeeply)
                .toList();
        return new Document("users", found).append("ok", 1.0);
    }

    /** Whom an info is about: all of the database (1), one of it by name, or one by name and database. */
    static Document asked(Call call, String kind) {
        Object about = call.query().get(call.name());
        if (about instanceof Document both) {
            return both;
        }
        Document asked = new Document("db", call.database());
        return about instanceof String name ? asked.append(kind, name) : asked;
    }
}
