db.createCollection("patients", { validator: { $jsonSchema: { bsonType: "object", required: ["name"] } } });
db.patients.createIndex({ name: 1 }, { unique: true });
