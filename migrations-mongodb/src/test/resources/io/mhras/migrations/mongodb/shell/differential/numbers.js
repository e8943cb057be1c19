db.c.insertOne({ _id: 1, int: 5, max: 2147483647, min: -2147483648, over: 2147483648, big: 3000000000, float: 1.5, zero: 0, minus: -0, nan: NaN, inf: Infinity, ninf: -Infinity, tiny: 1e-7, huge: 1e300 });
db.c.insertOne({ _id: 2, long: NumberLong('9007199254740993'), small: NumberLong('5'), int: NumberInt(7), double: Double(5), dec: NumberDecimal('1.10'), dec2: NumberDecimal('1E+3'), bigint: 5n });
printjson(db.c.find().sort({ _id: 1 }).toArray());
