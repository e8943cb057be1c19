db.c.insertOne({ _id: 1, filter: { $date: 'not a date' }, oid: { $oid: 'neither' }, n: { $numberLong: '5' } });
printjson(db.c.findOne());
