print(db.version(), db.hello().isWritablePrimary, db.serverBuildInfo().versionArray, db.getMongo().getDBNames().includes(db.getName()));
db.c.insertOne({ _id: 1 });
print(db.getMongo().getDBNames().includes(db.getName()), db.stats().collections, db.c.validate().valid);
