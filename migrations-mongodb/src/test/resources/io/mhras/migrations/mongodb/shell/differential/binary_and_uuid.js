db.c.insertOne({ _id: UUID('12345678-1234-5678-1234-567812345678'), b: BinData(0, 'AQID'), h: HexData(0, '0102ff'), m: MD5('00112233445566778899aabbccddeeff'), u: BinData(0, 'AAAA') });
printjson(db.c.findOne());
print(db.c.findOne({ _id: UUID('12345678-1234-5678-1234-567812345678') }) !== null);
