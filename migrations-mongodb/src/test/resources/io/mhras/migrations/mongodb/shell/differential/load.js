load('lib/helpers.js');
print(double(21), FACTOR);
db.c.insertOne({ _id: 1, n: double(4) });
