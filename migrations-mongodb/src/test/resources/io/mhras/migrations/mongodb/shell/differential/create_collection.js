print(db.createCollection('plain'));
print(db.createCollection('capped', { capped: true, size: 100000, max: 3 }));
for (let i = 0; i < 5; i++) db.capped.insertOne({ _id: i });
print(db.capped.find().toArray(), db.capped.isCapped(), db.plain.isCapped());
print(db.getCollectionNames().sort());
