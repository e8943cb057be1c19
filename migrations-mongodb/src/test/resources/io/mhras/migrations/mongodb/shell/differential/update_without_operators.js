db.c.insertOne({ _id: 1 });
try {
  db.c.updateOne({ _id: 1 }, { name: 'x' });
} catch (e) {
  print(e.name, e.message);
}
try {
  db.c.replaceOne({ _id: 1 }, { $set: { name: 'x' } });
} catch (e) {
  print(e.name, e.message);
}
