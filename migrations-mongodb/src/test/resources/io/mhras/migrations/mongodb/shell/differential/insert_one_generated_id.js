const document = { name: 'Ada' };
const result = db.people.insertOne(document);
print(document._id === undefined, typeof result.insertedId.toHexString());
print(db.people.countDocuments({ _id: result.insertedId }));
