db.patients.insertOne({ _id: 1, name: "Ada" });
db.patients.insertOne({ _id: 1, name: "Grace" });
