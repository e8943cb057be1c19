db.patients.drop();
