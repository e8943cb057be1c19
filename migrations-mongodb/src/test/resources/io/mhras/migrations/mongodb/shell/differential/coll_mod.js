db.createCollection('c', { validator: { a: { $type: 'int' } } });
print(db.runCommand({ collMod: 'c', validator: { b: { $exists: true } }, validationLevel: 'moderate', validationAction: 'error' }).ok);
try {
  db.c.insertOne({ a: 1 });
} catch (e) {
  print(e.code);
}
print(db.c.insertOne({ _id: 1, b: 1 }).acknowledged);
db.runCommand({ collMod: 'c', validationAction: 'warn' });
db.c.insertOne({ _id: 2 });
