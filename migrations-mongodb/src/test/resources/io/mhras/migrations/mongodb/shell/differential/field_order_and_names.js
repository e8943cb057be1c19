db.c.insertOne({ _id: 1, z: 1, a: 2, m: { y: 1, b: 2 }, 10: 'ten', 2: 'two', 'with space': 1, 'ünïcode': 'ß', __proto: 1 });
print(Object.keys(db.c.findOne()), db.c.findOne());
