db.c.createIndex({ a: 1 });
const tryIt = (action) => {
  try {
    print(action());
  } catch (e) {
    print(e.name, e.code, e.codeName);
  }
};
tryIt(() => db.c.createIndex({ a: 1 }, { name: 'other' }));
tryIt(() => db.c.createIndex({ a: 1 }, { unique: true }));
tryIt(() => db.c.createIndex({ b: 1 }, { name: 'a_1' }));
tryIt(() => db.c.dropIndex('none'));
tryIt(() => db.c.dropIndex('*'));
