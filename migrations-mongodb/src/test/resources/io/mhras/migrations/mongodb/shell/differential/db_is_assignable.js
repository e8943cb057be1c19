const first = db;
db = db.getSiblingDB(db.getName() + '_other');
db.c.insertOne({ _id: 1 });
print(db.c.countDocuments(), first.c.countDocuments());
db.dropDatabase();
db = first;
db.c.insertOne({ _id: 2 });
