db.c.insertOne({ _id: 1 });
noSuchFunction();
db.c.insertOne({ _id: 2 });
