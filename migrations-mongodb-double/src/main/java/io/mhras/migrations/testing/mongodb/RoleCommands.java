package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Roles that users made; they are kept and listed, and nobody gets a right by them. */
final class RoleCommands {

    private final Map<String, Document> roles = new TreeMap<>();

    Document answer(Call call) {
        String command = call.name().toLowerCase(Locale.ROOT);
        String database = call.database();
        if (command.equals("rolesinfo")) {
            return list(call);
        }
        if (command.equals("dropallrolesfromdatabase")) {
            int before = roles.size();
            roles.values().removeIf(role -> database.equals(role.get("db")));
            return Commands.ok().append("n", before - roles.size());
        }
        String name = Commands.text(call.query(), call.name());
        String id = database + "." + name;
        if (command.equals("createrole")) {
            if (roles.containsKey(id)) {
                throw Errors.roleExists(name, database);
            }
            roles.put(
                    id,
                    new Document("role", name)
                            .append("db", database)
                            .append("isBuiltin", false)
                            .append("privileges", new ArrayList<>())
                            .append("roles", new ArrayList<>()));
        }
        Document role = roles.get(id);
        if (role == null) {
            throw Errors.roleNotFound(name, database);
        }
        if (command.equals("droprole")) {
            roles.remove(id);
        }
        for (String field : List.of("privileges", "roles")) {
            List<Object> given = values(database, call.query(), field);
            List<Object> kept = values(database, role, field);
            if (command.startsWith("revoke")) {
                kept.removeAll(given);
            } else if (command.startsWith("grant")) {
                kept.addAll(given);
            } else if (call.query().containsKey(field)) {
                kept = given;
            }
            role.put(field, kept);
        }
        return Commands.ok();
    }

    private static List<Object> values(String database, Document from, String field) {
        List<Object> values = new ArrayList<>();
        if (from.get(field) instanceof Collection<?> all) {
            all.forEach(each ->
                    values.add(each instanceof String name ? new Document("role", name).append("db", database) : each));
        }
        return values;
    }

    private Document list(Call call) {
        Document asked = UserCommands.asked(call, "role");
        List<Document> found = roles.values().stream()
                .filter(role -> asked.entrySet().stream()
                        .allMatch(field -> field.getValue().equals(role.get(field.getKey()))))
                .map(role -> {
                    Document shown = role.cloneDeeply();
                    if (!Commands.isTrue(call.query(), "showPrivileges")) {
                        shown.remove("privileges");
                    }
                    return shown;
                })
                .toList();
        return new Document("roles", found).append("ok", 1.0);
    }
}
