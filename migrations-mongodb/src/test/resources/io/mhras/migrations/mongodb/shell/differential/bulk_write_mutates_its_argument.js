const one = { a: 1 };
const many = { a: 2 };
db.c.bulkWrite([{ insertOne: { document: one } }]);
db.c.insertMany([many]);
print(one._id === undefined, many._id === undefined);
