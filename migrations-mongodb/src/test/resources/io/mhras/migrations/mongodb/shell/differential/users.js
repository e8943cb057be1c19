print(db.createUser({ user: 'app', pwd: 'x', roles: ['readWrite', { role: 'read', db: 'other' }] }).ok);
print(db.getUser('app').roles.length);
print(db.grantRolesToUser('app', ['dbAdmin']).ok, db.getUser('app').roles.length, db.dropUser('app').ok, db.getUser('app'));
