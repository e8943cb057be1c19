print(db.runCommand({ ping: 1 }).ok, db.runCommand('ping').ok, db.adminCommand({ ping: 1 }).ok, db.adminCommand('ping').ok);
const { n, ok } = db.runCommand({ insert: 'c', documents: [{ _id: 1 }, { _id: 2 }] });
print(n, ok);
print(db.runCommand({ count: 'c', query: {} }).n, db.c.runCommand('count').n);
print(db.runCommand({ update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] }).nModified);
try {
  db.runCommand({ nosuch: 1 });
} catch (e) {
  print(e.name, e.code, e.codeName, e.message);
}
