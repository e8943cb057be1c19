print(db.people.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]));
print(db.people.find().sort({ _id: 1 }).toArray());
