db.createCollection('weather', { timeseries: { timeField: 'at', metaField: 'sensor', granularity: 'minutes' }, expireAfterSeconds: 86400 });
print(db.getCollectionInfos({ name: 'weather' })[0].options);
