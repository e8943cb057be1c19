implicit = 5;
var twice = 1;
var twice = 2;
db.c.insertOne({ _id: implicit + twice });
label: for (var i = 0; i < 3; i++) for (;;) continue label;
print(implicit, twice, i);
