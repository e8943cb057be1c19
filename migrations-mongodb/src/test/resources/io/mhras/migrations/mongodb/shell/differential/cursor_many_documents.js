const documents = [];
for (let i = 0; i < 1500; i++) documents.push({ _id: i, text: 'x'.repeat(20) });
print(Object.keys(db.c.insertMany(documents).insertedIds).length);
let sum = 0;
db.c.find().forEach((d) => { sum += d._id; });
print(sum, db.c.find().batchSize(100).toArray().length);
