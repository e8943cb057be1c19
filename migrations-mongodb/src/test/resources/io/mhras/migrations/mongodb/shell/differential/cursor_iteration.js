for (let i = 0; i < 4; i++) db.c.insertOne({ _id: i });
for (const document of db.c.find().sort({ _id: 1 })) print('of', document._id);
db.c.find().sort({ _id: 1 }).forEach((document) => { print('each', document._id); });
db.c.find().sort({ _id: 1 }).forEach((document) => { db.c.updateOne({ _id: document._id }, { $set: { twice: document._id * 2 } }); });
print(db.c.find().sort({ _id: 1 }).toArray());
