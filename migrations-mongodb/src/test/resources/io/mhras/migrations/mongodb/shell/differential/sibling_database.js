const other = db.getSiblingDB(db.getName() + '_other');
other.c.insertOne({ _id: 1 });
print(other.c.find().toArray(), db.c.countDocuments(), other.getName() === db.getName() + '_other');
other.dropDatabase();
