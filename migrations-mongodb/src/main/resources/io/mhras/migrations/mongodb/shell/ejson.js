// EJSON: Extended JSON, relaxed by default.
(function (shell) {
  'use strict';

  const types = shell.types;

  function numberDouble(value) {
    return { $numberDouble: Object.is(value, -0) ? '-0.0' : Number.isInteger(value) ? `${value}.0` : String(value) };
  }

  function number(value, relaxed) {
    if (!Number.isFinite(value) || Object.is(value, -0)) {
      return numberDouble(value);
    }
    if (relaxed) {
      return value;
    }
    if ((value | 0) === value) {
      return { $numberInt: String(value) };
    }
    return Number.isInteger(value) && Number.isSafeInteger(value)
      ? { $numberLong: String(value) }
      : numberDouble(value);
  }

  function date(value, relaxed) {
    const millis = value.getTime();
    const inRange = millis >= 0 && millis < 253402300800000;
    const text = () => (millis % 1000 === 0 ? value.toISOString().replace('.000Z', 'Z') : value.toISOString());
    return { $date: relaxed && inRange ? text() : { $numberLong: String(millis) } };
  }

  function bson(value, relaxed) {
    switch (value._bsontype) {
      case 'ObjectId':
        return { $oid: value.toHexString() };
      case 'Long':
        return relaxed ? value.toNumber() : { $numberLong: value.toString() };
      case 'Int32':
        return relaxed ? value.value : { $numberInt: String(value.value) };
      case 'Double':
        return relaxed && Number.isFinite(value.value) ? value.value : numberDouble(value.value);
      case 'Decimal128':
        return { $numberDecimal: value.toString() };
      case 'Binary':
        return { $binary: { base64: value.base64(), subType: value.sub_type.toString(16).padStart(2, '0') } };
      case 'Timestamp':
        return { $timestamp: { t: value.t, i: value.i } };
      case 'MinKey':
        return { $minKey: 1 };
      case 'MaxKey':
        return { $maxKey: 1 };
      case 'Code':
        return value.scope === null
          ? { $code: value.code }
          : { $code: value.code, $scope: serialize(value.scope, { relaxed }) };
      case 'BSONSymbol':
        return { $symbol: value.value };
      case 'BSONRegExp':
        return { $regularExpression: { pattern: value.pattern, options: value.options } };
      default:
        return serialize(value.toDocument(), { relaxed });
    }
  }

  function serialize(value, { relaxed = true } = {}) {
    if (typeof value === 'number') {
      return number(value, relaxed);
    }
    if (typeof value === 'bigint') {
      return relaxed ? Number(value) : { $numberLong: String(value) };
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    if (value._bsontype !== undefined) {
      return bson(value, relaxed);
    }
    if (value instanceof Date) {
      return date(value, relaxed);
    }
    if (value instanceof RegExp) {
      return { $regularExpression: { pattern: value.source, options: value.flags.replace('g', 's') } };
    }
    if (Array.isArray(value)) {
      return value.map((each) => serialize(each === undefined ? null : each, { relaxed }));
    }
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(entries.map(([key, each]) => [key, serialize(each, { relaxed })]));
  }

  const revivers = {
    $oid: (value) => new types.ObjectId(value),
    $numberInt: (value, relaxed) => (relaxed ? Number(value) : new types.Int32(value)),
    $numberLong: (value, relaxed) => {
      const long = new types.Long(value);
      return relaxed && Number.isSafeInteger(long.toNumber()) ? long.toNumber() : long;
    },
    $numberDouble: (value, relaxed) => (relaxed ? Number(value) : new types.Double(value)),
    $numberDecimal: (value) => new types.Decimal128(value),
    $date: (value) => new Date(typeof value === 'string' ? value : Number(value.$numberLong ?? value)),
    $binary: ({ base64, subType }) => types.Binary.createFromBase64(base64, parseInt(subType, 16)),
    $uuid: (value) => UUID(value),
    $timestamp: ({ t, i }) => new types.Timestamp(t, i),
    $regularExpression: ({ pattern, options }) => new types.BSONRegExp(pattern, options),
    $minKey: () => new types.MinKey(),
    $maxKey: () => new types.MaxKey(),
    $symbol: (value) => new types.BSONSymbol(value),
    $code: (value) => new types.Code(value),
    $undefined: () => null,
  };

  function deserialize(value, { relaxed = true } = {}) {
    if (value === null || typeof value !== 'object') {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((each) => deserialize(each, { relaxed }));
    }
    const [first] = Object.keys(value);
    if (first === '$code' && value.$scope) {
      return new types.Code(value.$code, deserialize(value.$scope, { relaxed }));
    }
    if (Object.hasOwn(revivers, first ?? '') && Object.keys(value).length === 1) {
      return revivers[first](value[first], relaxed);
    }
    if (first === '$ref') {
      return new types.DBRef(value.$ref, deserialize(value.$id, { relaxed }), value.$db);
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deserialize(each, { relaxed })]));
  }

  function stringify(value, replacer, space, options) {
    // stringify(value, options), stringify(value, replacer, options), stringify(value, replacer, space, options)
    if (space !== null && typeof space === 'object') {
      [space, options] = [0, space];
    }
    if (replacer !== null && typeof replacer === 'object' && !Array.isArray(replacer)) {
      [replacer, space, options] = [undefined, 0, replacer];
    }
    return JSON.stringify(serialize(value instanceof shell.Cursor ? value.toArray() : value, options), replacer, space);
  }

  shell.define('EJSON', {
    stringify,
    parse: (text, options) => deserialize(JSON.parse(text), options),
    serialize,
    deserialize,
  });
});
