package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees which collections a script makes, statement by statement, and keeps that at once.
 *
 * <p>Made is what was missing before a statement that may make it, and is there behind it. Where a crash or a missing right
 * came in between, nobody knows who made it: then it counts as somebody else's.
 */
final class MakingWatch implements ShellHost {

    private static final Logger log = LoggerFactory.getLogger(MakingWatch.class);
    private static final Set<String> TAKE_AWAY = Set.of("drop", "dropDatabase", "renameCollection");

    private final ShellHost server;
    private final MadeCollections made;
    private final LongSupplier run;
    private final Set<String> known = new HashSet<>();

    /** @param run the id of the event with which the run began, once it writes */
    MakingWatch(ShellHost server, MadeCollections made, LongSupplier run) {
        this.server = server;
        this.made = made;
        this.run = run;
    }

    @Override
    public BsonValue answer(ShellCall call) {
        List<Making> makings = Making.of(call).stream()
                .filter(making -> making.from() != null || known.add(making.to()))
                .toList();
        if (TAKE_AWAY.contains(call.operation())) {
            known.clear();
        }
        Map<String, BsonValue> before = makings.isEmpty() ? Map.of() : look(makings);
        if (makings.isEmpty() || before == null) {
            return server.answer(call);
        }
        try {
            BsonValue answer = server.answer(call);
            keep(makings, before);
            return answer;
        } catch (MongoException e) {
            if (!MongoErrors.leavesOpenWhatHappened(e)) {
                keep(makings, before);
            }
            throw e;
        }
    }

    private @Nullable Map<String, BsonValue> look(List<Making> makings) {
        try {
            Map<String, BsonValue> found = new HashMap<>();
            for (Making making : makings) {
                look(making.to(), found);
                if (making.from() != null) {
                    look(making.from(), found);
                }
            }
            return found;
        } catch (MongoException | IllegalArgumentException e) {
            notSeen(makings, e);
            return null;
        }
    }

    private void look(String name, Map<String, BsonValue> found) {
        BsonValue id = made.ids().id(name);
        if (id != null) {
            found.put(name, id);
        }
    }

    private void keep(List<Making> makings, Map<String, BsonValue> before) {
        try {
            Map<String, BsonValue> ours = new HashMap<>();
            for (Making making : makings) {
                BsonValue now = made.ids().id(making.to());
                if (now == null) {
                    known.remove(making.to());
                }
                BsonValue predecessor = before.get(making.from() == null ? making.to() : making.from());
                boolean isNew = now != null && !now.equals(before.get(making.to()));
                if (isNew && (predecessor == null || (making.from() != null && made.has(predecessor)))) {
                    ours.put(making.to(), now);
                }
            }
            made.add(run.getAsLong(), ours);
        } catch (MongoException e) {
            notSeen(makings, e);
        }
    }

    private static void notSeen(List<Making> makings, RuntimeException e) {
        log.warn(
                "Whether the script makes {} could not be seen: a clean will leave it. {}",
                makings.get(0).to(),
                MongoErrors.message(e));
    }
}
