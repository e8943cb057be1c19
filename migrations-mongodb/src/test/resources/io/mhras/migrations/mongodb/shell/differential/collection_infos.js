db.createCollection('b', { capped: true, size: 4096 });
db.createCollection('a');
print(db.getCollectionInfos().map((c) => [c.name, c.type, c.options]).sort());
print(db.getCollectionInfos({ name: 'a' }).length, db.b.exists().name, db.nosuch.exists());
