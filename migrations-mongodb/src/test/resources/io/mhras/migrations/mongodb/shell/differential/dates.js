db.c.insertOne({ _id: 1, a: ISODate('2024-01-02'), b: ISODate('2024-01-02T03:04:05.678Z'), c: ISODate('2024-01-02T03:04:05+02:00'), d: new Date(0), e: new Date('1969-12-31T23:59:59.999Z'), f: new Date(Date.UTC(2024, 1, 29)) });
printjson(db.c.findOne());
print(db.c.findOne().a instanceof Date, db.c.findOne().d.getTime(), db.c.find({ a: { $gte: ISODate('2024-01-01') } }).count());
