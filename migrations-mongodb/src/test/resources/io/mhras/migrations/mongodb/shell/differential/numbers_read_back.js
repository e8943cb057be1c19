db.c.insertOne({ _id: 1, long: NumberLong('9007199254740993'), int: 5, double: 5.5, dec: NumberDecimal('1.10') });
const read = db.c.findOne();
print(typeof read.long, read.long.toString(), typeof read.int, typeof read.double, read.dec.toString());
read._id = 2;
db.c.insertOne(read);
print(read.long.add(Long.fromString('1')), read.long.compare(read.long), read.long.toNumber() > 1);
