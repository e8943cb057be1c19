db.fs.files.insertOne({ _id: 1 });
db.getCollection('with-dash').insertOne({ _id: 2 });
db.getCollection('stats').insertOne({ _id: 3 });
db['in brackets'].insertOne({ _id: 4 });
db.getCollection('a.b').c.insertOne({ _id: 5 });
print(db.getCollectionNames().sort(), typeof db.stats, db._hidden === undefined, db.fs.files.getFullName() === db.getName() + '.fs.files');
try {
  db.getCollection('');
} catch (e) {
  print(e.name, e.code, e.message);
}
