db.c.insertMany(EJSON.parse('[{"_id":{"$oid":"507f1f77bcf86cd799439011"},"at":{"$date":"2020-01-01T00:00:00Z"},"n":{"$numberInt":"5"}},{"_id":2,"dec":{"$numberDecimal":"1.5"}}]'));
printjson(db.c.find().toArray());
