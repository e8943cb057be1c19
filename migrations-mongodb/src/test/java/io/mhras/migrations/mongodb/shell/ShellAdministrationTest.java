package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Users, roles, indexes made anew, plans and sizes: what administrators ask for, in scripts. */
class ShellAdministrationTest extends ShellTest {

    @Test
    void usersAreMadeChangedListedAndDropped() {
        run("""
            db.createUser({ user: 'app', pwd: 'secret', roles: ['readWrite', { role: 'read', db: 'other' }] });
            db.createUser({ user: 'other', pwd: 'secret', roles: [] });
            db.grantRolesToUser('app', ['dbAdmin']);
            db.revokeRolesFromUser('app', [{ role: 'read', db: 'other' }]);
            db.changeUserPassword('app', 'secret2');
            print(db.getUser('app').roles.map((each) => each.role), db.getUser('nobody'), db.getUsers().users.length);
            db.dropUser('other');
            print(db.dropAllUsers().n, db.getUsers().users.length);
            try { db.dropUser('other'); } catch (e) { print(e.code, e.codeName); }
            """);

        assertThat(printed).containsExactly("[ 'readWrite', 'dbAdmin' ] null 2", "1 0", "11 UserNotFound");
    }

    @Test
    void rolesAreMadeChangedListedAndDropped() {
        run("""
            const find = { resource: { db: 'shop', collection: 'orders' }, actions: ['find'] };
            db.createRole({ role: 'reader', privileges: [find], roles: [] });
            db.grantRolesToRole('reader', ['read']);
            db.updateRole('reader', { privileges: [] });
            db.grantPrivilegesToRole('reader', [find]);
            print(db.getRole('reader').roles, db.getRole('reader', { showPrivileges: true }).privileges.length);
            db.revokePrivilegesFromRole('reader', [find]);
            db.revokeRolesFromRole('reader', ['read']);
            print(db.getRole('reader').roles.length, db.getRole('nobody'), db.getRoles().roles.length);
            try { db.createRole({ role: 'reader', privileges: [], roles: [] }); } catch (e) { print(e.code); }
            db.dropRole('reader');
            try { db.dropRole('reader'); } catch (e) { print(e.code, e.codeName); }
            print(db.dropAllRoles().n);
            """);

        assertThat(printed)
                .containsExactly(
                        "[ { role: 'read', db: '" + database.getName() + "' } ] 1",
                        "0 null 1",
                        "51002",
                        "31 RoleNotFound",
                        "0");
    }

    @Test
    void indexesAreMadeAnewOnAServerByItselfOnly() {
        ScriptFailure failure = failure("db.a.insertOne({});\ndb.a.reIndex();");

        assertThat(failure.code()).isEqualTo(20);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.error()).contains("reIndex is only allowed on a standalone mongod instance.");
    }

    @Test
    void aPlanIsAskedForAndNothingIsRead() {
        run("""
            db.a.insertOne({ n: 1 });
            const plan = db.a.find({ n: 1 }).explain();
            print(plan.queryPlanner.namespace, plan.queryPlanner.winningPlan.stage, plan.command.find);
            print(db.a.explain('executionStats').aggregate([{ $match: { n: 1 } }]).command.aggregate);
            """);

        assertThat(printed).containsExactly(database.getName() + ".a COLLSCAN a", "a");
        assertThat(calls).extracting(ShellCall::writes).containsExactly(true, false, false);
    }

    @Test
    void sizesAreNumbers() {
        run("""
            db.a.insertMany([{ n: 1 }, { n: 2 }]);
            print(db.a.stats().count, db.a.dataSize() > 0, db.stats().collections, db.a.validate().valid);
            """);

        assertThat(printed).containsExactly("2 true 1 true");
        assertThat(calls.subList(1, calls.size())).extracting(ShellCall::writes).containsOnly(false);
    }
}
