db.c.insertOne({ _id: 1 });
const report = (action) => {
  try {
    print('no error', action());
  } catch (e) {
    print(e.name, e.code, e.codeName, e.message);
  }
};
report(() => db.c.insertOne({ _id: 1 }));
report(() => db.c.updateOne({ _id: 1 }, { $set: { _id: 2 } }).modifiedCount);
report(() => db.c.find({ $nosuch: 1 }).toArray());
report(() => db.c.insertOne());
report(() => db.c.deleteMany());
report(() => db.c.insertMany([]));
report(() => db.c.insertMany({}));
report(() => db.getSiblingDB(''));
report(() => NumberDecimal('x'));
report(() => ISODate('x'));
