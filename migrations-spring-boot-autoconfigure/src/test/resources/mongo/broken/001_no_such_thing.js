db.patients.insertOne({ name: "Ada" });
db.patients.updateMany({}, { $no_such_operator: 1 });
