package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
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
 * came in between, nobody knows who made it: then it counts as somebody else's. So does what is there although we were refused
 * to make it.
 */
final class MakingWatch implements ShellHost {

    private static final Logger log = LoggerFactory.getLogger(MakingWatch.class);
    private static final Set<String> TAKE_AWAY = Set.of("drop", "dropDatabase", "renameCollection");

    private static final Set<String> ALL_OR_NOTHING = Set.of("create", "createIndexes");

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
                refused(call, makings, before);
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
        } catch (MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw e;
            }
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

    /** What is done as a whole or not at all was not done: what is there now, another client made behind our look. */
    private void refused(ShellCall call, List<Making> makings, Map<String, BsonValue> before) {
        boolean isWhole =
                ALL_OR_NOTHING.contains(call.operation()) || makings.stream().anyMatch(making -> making.from() != null);
        if (isWhole) {
            makings.forEach(making -> known.remove(making.to()));
        } else {
            keep(makings, before);
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
                boolean wasThere = before.containsKey(making.to());
                boolean isAnother = now != null && !now.equals(before.get(making.to()));
                BsonValue predecessor = making.from() == null ? null : before.get(making.from());
                boolean isHeir = predecessor != null && made.has(predecessor);
                boolean isFirst = !wasThere && predecessor == null;
                if (isAnother && (isHeir || isFirst)) {
                    ours.put(making.to(), now);
                }
            }
            made.add(run.getAsLong(), ours);
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            notSeen(makings, e);
        }
    }

    private static void notSeen(List<Making> makings, MongoException e) {
        log.warn(
                "Whether the script makes {} could not be seen: a clean will leave it. {}",
                makings.get(0).to(),
                MongoErrors.message(e));
    }
}
