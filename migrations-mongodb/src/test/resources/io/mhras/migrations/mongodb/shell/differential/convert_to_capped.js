db.c.insertOne({ _id: 1 });
print(db.c.isCapped(), db.c.convertToCapped(100000).ok, db.c.isCapped());
