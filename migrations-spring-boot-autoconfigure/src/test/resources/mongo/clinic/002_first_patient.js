db.patients.insertOne({ name: "Ada" });
