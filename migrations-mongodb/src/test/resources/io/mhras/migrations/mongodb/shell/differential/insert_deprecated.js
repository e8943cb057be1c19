print(db.people.insert({ _id: 1 }), db.people.insert([{ _id: 2 }, { _id: 3 }]));
