package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaDdl;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes a schema as statements. */
public final class SchemaWriter {

    /** Names in texts are qualified unless they are the server's own, and a body may name what comes later. */
    private static final List<String> SETTINGS = List.of(
            "SET check_function_bodies = off",
            "SET search_path = ''",
            "SET standard_conforming_strings = on",
            "SET default_tablespace = ''",
            "SET default_table_access_method = heap");

    private SchemaWriter() {}

    /** @throws IllegalStateException if objects need each other in a circle */
    public static SchemaDdl write(SchemaSnapshot snapshot) {
        DdlActions actions = new DdlActions(snapshot);
        snapshot.facts().forEach(fact -> DdlRules.of(fact.id().kind()).create(fact, actions));
        List<Unwritten> unwritten = new ArrayList<>(actions.unwritten());
        List<DdlAction> ordered = DdlOrder.of(DdlOrder.possible(actions.actions(), unwritten));
        new TreeMap<>(snapshot.unread())
                .forEach((kind, number) ->
                        unwritten.add(new Unwritten(null, kind + ": " + number + ", of a kind that is not read")));
        snapshot.gaps()
                .forEach(gap ->
                        unwritten.add(new Unwritten(null, gap.what() + ", which the user may not read: " + gap.why())));
        List<String> statements = new ArrayList<>(SETTINGS);
        ordered.forEach(action -> statements.add(action.sql()));
        return new SchemaDdl(
                "-- A schema of PostgreSQL " + snapshot.majorVersion() + ", for an empty database.\n",
                statements,
                unwritten);
    }
}
