db.c.insertOne({ _id: 1 });
db.c.insertOne({ _id: 2 });
db.c.insertOne({ _id: 1 });
db.c.insertOne({ _id: 3 });
