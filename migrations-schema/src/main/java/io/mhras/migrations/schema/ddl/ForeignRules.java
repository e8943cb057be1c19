package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import java.util.Objects;

/** Foreign data wrappers, servers and user mappings, without the values of their options, which may be secrets. */
final class ForeignRules {

    private ForeignRules() {}

    static void wrapper(SchemaFact wrapper, DdlActions actions) {
        String name = wrapper.id().qualifiedName();
        actions.make(
                DdlStage.FOREIGN_SERVER,
                wrapper,
                "CREATE FOREIGN DATA WRAPPER " + name
                        + new Clauses(wrapper)
                                .ifSet("handler", " HANDLER %s")
                                .ifSet("validator", " VALIDATOR %s")
                                .joined(""));
        options(wrapper, actions);
    }

    static void server(SchemaFact server, DdlActions actions) {
        Clauses clauses = new Clauses(server);
        if (server.attribute("type") != null) {
            clauses.add(" TYPE " + SqlLiteral.of(server.attribute("type")));
        }
        if (server.attribute("version") != null) {
            clauses.add(" VERSION " + SqlLiteral.of(server.attribute("version")));
        }
        actions.make(
                DdlStage.FOREIGN_SERVER,
                server,
                "CREATE SERVER " + server.id().qualifiedName()
                        + clauses.ifSet("wrapper", " FOREIGN DATA WRAPPER %s").joined(""));
        options(server, actions);
    }

    private static void options(SchemaFact fact, DdlActions actions) {
        String options = fact.attribute("options");
        if (options != null) {
            actions.leaveOut(fact.id(), "its options " + options + ", whose values may be secrets and are not read");
        }
    }

    static void userMapping(SchemaFact mapping, DdlActions actions) {
        String user = mapping.id().path().get(1);
        actions.make(
                DdlStage.FOREIGN_SERVER,
                mapping,
                "CREATE USER MAPPING FOR " + (user.equals("public") ? "PUBLIC" : FactId.quoted(user)) + " SERVER "
                        + Objects.requireNonNull(mapping.parent()).qualifiedName());
        actions.leaveOut(mapping.id(), "its options, whose values may be secrets and are not read");
    }
}
