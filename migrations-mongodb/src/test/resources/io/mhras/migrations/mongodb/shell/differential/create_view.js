db.c.insertMany([{ _id: 1, n: 1 }, { _id: 2, n: 9 }]);
print(db.createView('big', 'c', [{ $match: { n: { $gt: 5 } } }]));
print(db.big.find().toArray(), db.big.countDocuments(), db.getCollectionInfos({ name: 'big' })[0].type);
try {
  db.big.insertOne({});
} catch (e) {
  print(e.code, e.codeName);
}
