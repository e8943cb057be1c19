// What crosses between the script and the server's side is text: JSON, with what JSON lacks as {"\u0000": [type, value]}.
// No field of BSON can have that name, so no document looks like a type. (Extended JSON is ambiguous: {$regex: ...}.)
(function (shell, host) {
  'use strict';

  // A script may replace any of these; it must not change what is sent.
  const { parse, stringify } = JSON;
  const { keys, is } = Object;
  const { isArray } = Array;
  const wellFormed = Function.prototype.call.bind(String.prototype.toWellFormed);
  const types = shell.types;
  const TAG = '\u0000';
  const MAX_DEPTH = 200;

  const quote = (text) => stringify(wellFormed(text));
  const tagged = (type, json) => `{"\\u0000":["${type}",${json}]}`;

  function number(value) {
    const isInt32 = (value | 0) === value && !is(value, -0);
    return isInt32 ? String(value) : tagged('double', quote(is(value, -0) ? '-0.0' : String(value)));
  }

  // js-bson: the flag g becomes the option s.
  function regularExpression(value) {
    const options = (value.ignoreCase ? 'i' : '') + (value.multiline ? 'm' : '');
    const dot = value.global || value.dotAll ? 's' : '';
    return tagged('regex', `[${quote(value.source)},${quote(options + dot)}]`);
  }

  function date(value, path) {
    const millis = value.getTime();
    if (Number.isNaN(millis)) {
      throw new types.BSONError('an invalid date cannot be stored' + at(path));
    }
    return tagged('date', quote(String(millis)));
  }

  function bson(value, path, depth) {
    switch (value._bsontype) {
      case 'ObjectId':
        return tagged('oid', quote(value.toHexString()));
      case 'Long':
        return tagged('long', quote(value.toString()));
      case 'Int32':
        return String(value.value);
      case 'Double':
        return tagged('double', quote(is(value.value, -0) ? '-0.0' : String(value.value)));
      case 'Decimal128':
        return tagged('decimal', quote(value.toString()));
      case 'Binary':
        return tagged('binary', `[${value.sub_type},${quote(value.base64())}]`);
      case 'Timestamp':
        return tagged('timestamp', `["${value.t}","${value.i}"]`);
      case 'MinKey':
        return tagged('min', 'null');
      case 'MaxKey':
        return tagged('max', 'null');
      case 'Code':
        return value.scope === null
          ? tagged('code', quote(value.code))
          : tagged('scoped', `[${quote(value.code)},${encode(value.scope, path, depth)}]`);
      case 'BSONSymbol':
        return tagged('symbol', quote(value.value));
      case 'BSONRegExp':
        return tagged('regex', `[${quote(value.pattern)},${quote(value.options)}]`);
      case 'DBRef':
        return encode(value.toDocument(), path, depth);
      default:
        throw new types.BSONError(`${value._bsontype} cannot be stored` + at(path));
    }
  }

  const at = (path) => (path.length === 0 ? '' : `, at ${path.join('.')}`);
  const ancestors = [];

  function nested(value, path, depth, write) {
    if (ancestors.includes(value)) {
      throw new types.BSONError('Cannot convert circular structure to BSON' + at(path));
    }
    if (depth > MAX_DEPTH) {
      throw new types.BSONError(`nested more than ${MAX_DEPTH} levels deep` + at(path.slice(0, 5)) + '...');
    }
    ancestors.push(value);
    try {
      return write();
    } finally {
      ancestors.pop();
    }
  }

  function array(value, path, depth) {
    let text = '';
    for (let i = 0; i < value.length; i++) {
      path.push(i);
      text += (i > 0 ? ',' : '') + encode(value[i], path, depth + 1);
      path.pop();
    }
    return `[${text}]`;
  }

  function document(entries, path, depth) {
    let text = '';
    for (const [key, value] of entries) {
      path.push(key);
      if (key.includes(TAG)) {
        throw new types.BSONError('a field name cannot contain a null byte' + at(path));
      }
      text += (text === '' ? '' : ',') + quote(key) + ':' + encode(value, path, depth + 1);
      path.pop();
    }
    return `{${text}}`;
  }

  function object(value, path, depth) {
    if (value._bsontype !== undefined) {
      return bson(value, path, depth);
    }
    if (value instanceof Date) {
      return date(value, path);
    }
    if (value instanceof RegExp) {
      return regularExpression(value);
    }
    if (value instanceof Uint8Array) {
      return bson(new types.Binary(value), path, depth);
    }
    if (shell.isShellObject(value)) {
      throw new types.BSONError(`${value} is not a value that can be stored` + at(path));
    }
    if (typeof value.toBSON === 'function') {
      return encode(value.toBSON(), path, depth + 1);
    }
    return nested(value, path, depth, () => {
      if (isArray(value)) {
        return array(value, path, depth);
      }
      const entries = value instanceof Map ? [...value] : keys(value).map((key) => [key, value[key]]);
      return document(entries, path, depth);
    });
  }

  function encode(value, path = [], depth = 0) {
    switch (typeof value) {
      case 'string':
        return quote(value);
      case 'number':
        return number(value);
      case 'boolean':
        return String(value);
      case 'undefined':
        return 'null';
      case 'bigint':
        return bson(new types.Long(value), path, depth);
      case 'function':
        return tagged('code', quote(String(value)));
      case 'object':
        return value === null ? 'null' : object(value, path, depth);
      default:
        throw new types.BSONError(`a ${typeof value} cannot be stored` + at(path));
    }
  }

  const decoders = {
    oid: (value) => new types.ObjectId(value),
    long: (value) => new types.Long(value),
    double: Number,
    decimal: (value) => new types.Decimal128(value),
    date: (value) => new Date(Number(value)),
    binary: ([subtype, text]) => types.Binary.createFromBase64(text, subtype),
    timestamp: ([t, i]) => new types.Timestamp(Number(t), Number(i)),
    min: () => new types.MinKey(),
    max: () => new types.MaxKey(),
    code: (value) => new types.Code(value),
    scoped: ([code, scope]) => new types.Code(code, decode(scope)),
    symbol: (value) => new types.BSONSymbol(value),
    regex([pattern, options]) {
      try {
        const flags = options.replace('s', 'g');
        return /^[gim]*$/.test(flags) ? new RegExp(pattern, flags) : new types.BSONRegExp(pattern, options);
      } catch {
        return new types.BSONRegExp(pattern, options);
      }
    },
  };

  function decode(value) {
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const tag = value[TAG];
    if (tag !== undefined) {
      return decoders[tag[0]](tag[1]);
    }
    for (const key of keys(value)) {
      value[key] = decode(value[key]);
    }
    if (typeof value.$ref === 'string' && value.$id !== undefined && !isArray(value)) {
      const { $ref, $id, $db, ...fields } = value;
      return new types.DBRef($ref, $id, $db, fields);
    }
    return value;
  }

  // The innermost place in the script itself, not in here.
  function place() {
    for (const frame of new Error().stack.split('\n')) {
      const found = frame.includes(shell.scriptName) && /:(\d+):(\d+)\)?$/.exec(frame);
      if (found) {
        return [Number(found[1]), Number(found[2])];
      }
    }
    return [0, 0];
  }

  shell.call = (operation, namespace, args) => {
    const text = `{"operation":${quote(operation)},"namespace":${quote(namespace)},"arguments":${encode(args)}}`;
    const [line, column] = place();
    const answer = host('call', text, line, column);
    const value = decode(parse(answer.slice(1)));
    if (answer[0] === '!') {
      throw shell.serverError(value);
    }
    return value;
  };
  shell.encode = (value) => encode(value);
  shell.decode = (text) => decode(parse(text));
});
