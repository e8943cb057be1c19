db.a.insertOne({ _id: 1 });
print(db.a.drop(), db.getCollectionNames());
db.b.insertOne({ _id: 1 });
db.dropDatabase();
print(db.getCollectionNames());
