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
  // The server takes no more.
  const MAX_DEPTH = 100;

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

  // Level by level and not by recursion: an interpreter's frames are large, and a hundred levels fill its stack.
  class Encoder {
    #open = [];
    #text = '';

    encode(root) {
      this.#write(root);
      while (this.#open.length > 0) {
        const level = this.#open[this.#open.length - 1];
        level.at++;
        if (level.at === level.length) {
          this.#text += level.isArray ? ']' : '}';
          this.#open.length--;
        } else {
          this.#next(level);
        }
      }
      return this.#text;
    }

    #next(level) {
      this.#text += level.at > 0 ? ',' : '';
      if (level.isArray) {
        this.#write(level.value[level.at]);
        return;
      }
      const key = level.keys[level.at];
      if (key.includes(TAG)) {
        throw this.#error('a field name cannot contain a null byte');
      }
      this.#text += quote(key) + ':';
      this.#write(level.value instanceof Map ? level.value.get(key) : level.value[key]);
    }

    #write(value) {
      switch (typeof value) {
        case 'string':
          this.#text += quote(value);
          break;
        case 'number':
          this.#text += number(value);
          break;
        case 'boolean':
          this.#text += String(value);
          break;
        case 'undefined':
          this.#text += 'null';
          break;
        case 'bigint':
          this.#text += tagged('long', quote(new types.Long(value).toString()));
          break;
        case 'function':
          this.#text += tagged('code', quote(String(value)));
          break;
        case 'object':
          if (value === null) {
            this.#text += 'null';
          } else {
            this.#object(value);
          }
          break;
        default:
          throw this.#error(`a ${typeof value} cannot be stored`);
      }
    }

    #object(value) {
      if (value._bsontype === 'DBRef') {
        this.#begin(value.toDocument());
      } else if (value._bsontype !== undefined) {
        this.#text += this.#bson(value);
      } else if (value instanceof Date) {
        this.#text += this.#date(value.getTime());
      } else if (value instanceof RegExp) {
        this.#text += regularExpression(value);
      } else if (value instanceof Uint8Array) {
        this.#text += this.#bson(new types.Binary(value));
      } else if (shell.isShellObject(value)) {
        throw this.#error(`${Object.prototype.toString.call(value)} is not a value that can be stored`);
      } else if (typeof value.toBSON === 'function') {
        this.#write(value.toBSON());
      } else {
        this.#begin(value);
      }
    }

    #begin(value) {
      for (const level of this.#open) {
        if (level.value === value) {
          throw this.#error('Cannot convert circular structure to BSON');
        }
      }
      if (this.#open.length >= MAX_DEPTH) {
        throw this.#error(`nested more than ${MAX_DEPTH} levels deep`);
      }
      const array = isArray(value);
      const names = array ? undefined : value instanceof Map ? [...value.keys()].map(String) : keys(value);
      const length = array ? value.length : names.length;
      this.#open[this.#open.length] = { value, isArray: array, keys: names, length, at: -1 };
      this.#text += array ? '[' : '{';
    }

    #date(millis) {
      if (Number.isNaN(millis)) {
        throw this.#error('an invalid date cannot be stored');
      }
      return tagged('date', quote(String(millis)));
    }

    #bson(value) {
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
            : tagged('scoped', `[${quote(value.code)},${encode(value.scope)}]`);
        case 'BSONSymbol':
          return tagged('symbol', quote(value.value));
        case 'BSONRegExp':
          return tagged('regex', `[${quote(value.pattern)},${quote(value.options)}]`);
        default:
          throw this.#error(`${value._bsontype} cannot be stored`);
      }
    }

    #error(problem) {
      const path = this.#open.map((level) => (level.isArray ? level.at : level.keys[level.at]));
      const shown = path.length > 12 ? [...path.slice(0, 12), '...'] : path;
      return new types.BSONError(problem + (path.length === 0 ? '' : `, at ${shown.join('.')}`));
    }
  }

  const encode = (value) => new Encoder().encode(value);

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

  // A dry run's answer has counts that are unknown: looking at one is reported to the host.
  decoders.guessed = ({ answer, names }) => {
    const decoded = decode(answer);
    for (const name of names) {
      const guess = decoded[name];
      const get = () => {
        host('guessed', name, ...place());
        return guess;
      };
      Object.defineProperty(decoded, name, { get, enumerable: true });
    }
    return decoded;
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

  // Stands for the lost answer of a statement that is done: a script may hold it, but not look into it.
  function unknown(statement) {
    const stop = () => host('unknown', statement, ...place());
    return new Proxy(
      {},
      {
        // What `await` asks of any value.
        get: (target, name) => (name === 'then' ? undefined : stop()),
        has: stop,
        set: stop,
        deleteProperty: stop,
        defineProperty: stop,
        ownKeys: stop,
        getOwnPropertyDescriptor: stop,
        getPrototypeOf: stop,
      },
    );
  }

  shell.call = (operation, namespace, args) => {
    const text = `{"operation":${quote(operation)},"namespace":${quote(namespace)},"arguments":${encode(args)}}`;
    const [line, column] = place();
    const answer = host('call', text, line, column);
    if (answer[0] === '?') {
      return unknown(`${operation} ${namespace} in line ${line}`);
    }
    const value = decode(parse(answer.slice(1)));
    if (answer[0] === '!') {
      throw shell.serverError(value);
    }
    return value;
  };
  shell.encode = encode;
  shell.decode = (text) => decode(parse(text));
});
