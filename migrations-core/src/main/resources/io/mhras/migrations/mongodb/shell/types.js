// BSON's types and their constructors, as mongosh has them.
(function (shell) {
  'use strict';

  const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  class BSONError extends Error {
    get name() {
      return 'BSONError';
    }
  }

  const base64 = {
    encode(bytes) {
      let text = '';
      for (let i = 0; i < bytes.length; i += 3) {
        const group = (bytes[i] << 16) | ((bytes[i + 1] || 0) << 8) | (bytes[i + 2] || 0);
        text += B64[group >> 18] + B64[(group >> 12) & 63];
        text += i + 1 < bytes.length ? B64[(group >> 6) & 63] : '=';
        text += i + 2 < bytes.length ? B64[group & 63] : '=';
      }
      return text;
    },
    decode(text) {
      const clean = String(text).replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');
      const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
      let group = 0;
      let bits = 0;
      let at = 0;
      for (const letter of clean) {
        const value = B64.indexOf(letter);
        if (value < 0) {
          throw new BSONError('not base64: ' + text);
        }
        group = ((group << 6) | value) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          bytes[at++] = (group >> bits) & 255;
        }
      }
      return bytes;
    },
  };

  const hex = {
    encode: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    decode(text) {
      if (!/^([0-9a-fA-F]{2})*$/.test(text)) {
        throw new BSONError('not hexadecimal: ' + text);
      }
      return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
    },
  };

  // Math.random, so that a rerun makes the same ones; see random.js.
  function randomHex(digits) {
    let text = '';
    while (text.length < digits) {
      text += Math.floor(Math.random() * 16).toString(16);
    }
    return text;
  }

  let machine;
  let counter;

  function newObjectId() {
    machine ??= randomHex(10);
    counter ??= Math.floor(Math.random() * 0x1000000);
    counter = (counter + 1) & 0xffffff;
    const seconds = Math.floor(Date.now() / 1000);
    return seconds.toString(16).padStart(8, '0') + machine + counter.toString(16).padStart(6, '0');
  }

  class ObjectId {
    #hex;
    constructor(value) {
      if (value === undefined || value === null) {
        this.#hex = newObjectId();
      } else if (value instanceof ObjectId) {
        this.#hex = value.#hex;
      } else if (typeof value === 'number') {
        this.#hex = (value >>> 0).toString(16).padStart(8, '0') + newObjectId().slice(8);
      } else if (value instanceof Uint8Array && value.length === 12) {
        this.#hex = hex.encode(value);
      } else if (typeof value === 'string' && /^[0-9a-fA-F]{24}$/.test(value)) {
        this.#hex = value.toLowerCase();
      } else {
        throw new BSONError('input must be a 24 character hex string, 12 byte Uint8Array, or an integer');
      }
    }
    static isValid(value) {
      return value instanceof ObjectId || /^[0-9a-fA-F]{24}$/.test(String(value));
    }
    static createFromHexString(text) {
      return new ObjectId(text);
    }
    static createFromTime(seconds) {
      return new ObjectId(Math.floor(seconds).toString(16).padStart(8, '0') + '0'.repeat(16));
    }
    toHexString() {
      return this.#hex;
    }
    toString() {
      return this.#hex;
    }
    toJSON() {
      return this.#hex;
    }
    equals(other) {
      return other !== null && other !== undefined && String(other) === this.#hex;
    }
    getTimestamp() {
      return new Date(parseInt(this.#hex.slice(0, 8), 16) * 1000);
    }
    inspect() {
      return `ObjectId('${this.#hex}')`;
    }
  }

  function integer(value) {
    if (value instanceof Long) {
      return value.toBigInt();
    }
    if (value !== null && typeof value === 'object' && value._bsontype) {
      value = value.toString();
    }
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new RangeError(
        `NumberLong(${value}): the number is not exact any more; write it as text, NumberLong('...')`,
      );
    }
    if (typeof value === 'string' && !/^\s*[-+]?[0-9]+\s*$/.test(value)) {
      throw new BSONError(`NumberLong('${value}'): not an integer`);
    }
    const exact = BigInt(value);
    if (exact !== BigInt.asIntN(64, exact)) {
      throw new RangeError(`NumberLong('${exact}'): does not fit into 64 bits`);
    }
    return exact;
  }

  class Long {
    #value;
    constructor(low = 0, high) {
      const bits = () => (BigInt(high) << 32n) | BigInt(low >>> 0);
      this.#value = typeof high === 'number' ? BigInt.asIntN(64, bits()) : integer(low);
    }
    static #of(value) {
      return new Long(BigInt.asIntN(64, value));
    }
    static {
      const operations = {
        add: (a, b) => a + b,
        subtract: (a, b) => a - b,
        multiply: (a, b) => a * b,
        divide: (a, b) => a / b,
        modulo: (a, b) => a % b,
        and: (a, b) => a & b,
        or: (a, b) => a | b,
        xor: (a, b) => a ^ b,
        shiftLeft: (a, b) => a << b,
        shiftRight: (a, b) => a >> b,
      };
      const comparisons = {
        equals: (a, b) => a === b,
        notEquals: (a, b) => a !== b,
        greaterThan: (a, b) => a > b,
        greaterThanOrEqual: (a, b) => a >= b,
        lessThan: (a, b) => a < b,
        lessThanOrEqual: (a, b) => a <= b,
        compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
      };
      const aliases = {
        sub: 'subtract', mul: 'multiply', div: 'divide', mod: 'modulo', rem: 'modulo', shl: 'shiftLeft',
        shr: 'shiftRight', eq: 'equals', neq: 'notEquals', ne: 'notEquals', gt: 'greaterThan', comp: 'compare',
        gte: 'greaterThanOrEqual', ge: 'greaterThanOrEqual', lt: 'lessThan', lte: 'lessThanOrEqual', le: 'lessThanOrEqual',
      };
      const method = (name, value) =>
        Object.defineProperty(Long.prototype, name, { value, writable: true, configurable: true });
      for (const [name, operation] of Object.entries(operations)) {
        method(name, function (other) {
          return Long.#of(operation(this.#value, integer(other)));
        });
      }
      for (const [name, comparison] of Object.entries(comparisons)) {
        method(name, function (other) {
          return comparison(this.#value, integer(other));
        });
      }
      for (const [alias, name] of Object.entries(aliases)) {
        method(alias, Long.prototype[name]);
      }
    }
    static fromString(text) {
      return new Long(text);
    }
    static fromNumber(value) {
      return new Long(BigInt(Math.trunc(value)));
    }
    static fromInt(value) {
      return new Long(value | 0);
    }
    static fromBigInt(value) {
      return Long.#of(value);
    }
    static fromBits(low, high) {
      return new Long(low, high);
    }
    static fromValue(value) {
      return new Long(value);
    }
    static isLong(value) {
      return value instanceof Long;
    }
    negate() {
      return Long.#of(-this.#value);
    }
    isZero() {
      return this.#value === 0n;
    }
    isNegative() {
      return this.#value < 0n;
    }
    get low() {
      return Number(BigInt.asIntN(32, this.#value));
    }
    get high() {
      return Number(BigInt.asIntN(32, this.#value >> 32n));
    }
    get unsigned() {
      return false;
    }
    toNumber() {
      return Number(this.#value);
    }
    toInt() {
      return this.low;
    }
    toBigInt() {
      return this.#value;
    }
    toString(radix) {
      return this.#value.toString(radix);
    }
    toJSON() {
      return { high: this.high, low: this.low, unsigned: false };
    }
    inspect() {
      return `Long('${this.#value}')`;
    }
  }

  class Int32 {
    constructor(value = 0) {
      this.value = Number(value) | 0;
    }
    valueOf() {
      return this.value;
    }
    toString(radix) {
      return this.value.toString(radix);
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `Int32(${this.value})`;
    }
  }

  class Double {
    constructor(value = 0) {
      this.value = Number(value);
    }
    valueOf() {
      return this.value;
    }
    toString(radix) {
      return this.value.toString(radix);
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `Double(${Object.is(this.value, -0) ? '-0' : this.value})`;
    }
  }

  const DECIMAL = /^[-+]?(([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|inf(inity)?|nan)$/i;

  class Decimal128 {
    #text;
    constructor(value = '0') {
      this.#text = String(value);
      if (!DECIMAL.test(this.#text)) {
        throw new BSONError(this.#text + ' not a valid Decimal128 string');
      }
    }
    static fromString(text) {
      return new Decimal128(text);
    }
    toString() {
      return this.#text;
    }
    toJSON() {
      return { $numberDecimal: this.#text };
    }
    inspect() {
      return `Decimal128('${this.#text}')`;
    }
  }

  const UUID_SUBTYPE = 4;

  class Binary {
    #bytes;
    constructor(value = [], subtype = 0) {
      this.#bytes = typeof value === 'string' ? Uint8Array.from(value, (c) => c.charCodeAt(0)) : Uint8Array.from(value);
      this.sub_type = subtype;
    }
    static createFromBase64(text, subtype = 0) {
      return new Binary(base64.decode(text), subtype);
    }
    static createFromHexString(text, subtype = 0) {
      return new Binary(hex.decode(text), subtype);
    }
    get buffer() {
      return this.#bytes;
    }
    value() {
      return this.#bytes;
    }
    length() {
      return this.#bytes.length;
    }
    subtype() {
      return this.sub_type;
    }
    base64() {
      return base64.encode(this.#bytes);
    }
    hex() {
      return hex.encode(this.#bytes);
    }
    toUUID() {
      return this;
    }
    toHexString(dashes = true) {
      const text = this.hex();
      return this.sub_type === UUID_SUBTYPE && dashes
        ? text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
        : text;
    }
    toString(encoding) {
      return encoding === 'hex' ? this.hex() : encoding === 'base64' ? this.base64() : this.toHexString();
    }
    toJSON() {
      return this.base64();
    }
    equals(other) {
      return other instanceof Binary && other.sub_type === this.sub_type && other.hex() === this.hex();
    }
    inspect() {
      switch (this.sub_type) {
        case UUID_SUBTYPE:
          return `UUID('${this.toHexString()}')`;
        case 5:
          return `MD5('${this.hex()}')`;
        default:
          return `Binary.createFromBase64('${this.base64()}', ${this.sub_type})`;
      }
    }
  }

  class Timestamp {
    constructor(t = 0, i = 0) {
      if (t instanceof Long) {
        [t, i] = [t.high >>> 0, t.low >>> 0];
      } else if (t !== null && typeof t === 'object' && !t._bsontype) {
        ({ t, i } = t);
      }
      this.t = Number(t);
      this.i = Number(i);
    }
    getHighBits() {
      return this.t;
    }
    getLowBits() {
      return this.i;
    }
    toBigInt() {
      return (BigInt(this.t) << 32n) | BigInt(this.i);
    }
    toString() {
      return this.toBigInt().toString();
    }
    toJSON() {
      return { $timestamp: this.toString() };
    }
    inspect() {
      return `Timestamp({ t: ${this.t}, i: ${this.i} })`;
    }
  }

  class MinKey {
    inspect() {
      return 'MinKey()';
    }
  }

  class MaxKey {
    inspect() {
      return 'MaxKey()';
    }
  }

  class Code {
    constructor(code, scope) {
      this.code = String(code);
      this.scope = scope ?? null;
    }
    toString() {
      return this.code;
    }
    inspect(format) {
      return this.scope === null ? `Code('${this.code}')` : `Code('${this.code}', ${format(this.scope)})`;
    }
  }

  class BSONSymbol {
    constructor(value) {
      this.value = String(value);
    }
    valueOf() {
      return this.value;
    }
    toString() {
      return this.value;
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `BSONSymbol('${this.value}')`;
    }
  }

  class BSONRegExp {
    constructor(pattern, options = '') {
      this.pattern = pattern;
      this.options = [...options].sort().join('');
    }
    inspect() {
      return `BSONRegExp('${this.pattern}', '${this.options}')`;
    }
  }

  class DBRef {
    constructor(collection, oid, db, fields) {
      Object.assign(this, { collection, oid, db, fields: fields ?? {} });
    }
    toJSON() {
      return this.toDocument();
    }
    toDocument() {
      const document = { $ref: this.collection, $id: this.oid };
      return Object.assign(document, this.db === undefined ? {} : { $db: this.db }, this.fields);
    }
    inspect(format) {
      return `DBRef('${this.collection}', ${format(this.oid)}${this.db === undefined ? '' : `, '${this.db}'`})`;
    }
  }

  const ISO =
    /^(\d{4})-?(\d{2})-?(\d{2})([T ](\d{2})(:?(\d{2})(:?(\d{2})(\.\d+)?)?)?(Z|([+-])(\d{2}):?(\d{2})?)?)?$/;

  function ISODate(text) {
    if (text === undefined) {
      return new Date();
    }
    if (text instanceof Date) {
      return new Date(text.getTime());
    }
    const parts = ISO.exec(String(text));
    if (!parts) {
      throw shell.invalidInput(`${JSON.stringify(text)} is not a valid ISODate`);
    }
    const [year, month, day, hour, minute, second] = [1, 2, 3, 5, 7, 9].map((group) => Number(parts[group] ?? 0));
    const millis = Math.floor(Number('0' + (parts[10] ?? '')) * 1000 + 1e-6);
    const offset = (parts[12] === '-' ? -1 : 1) * (Number(parts[13] ?? 0) * 60 + Number(parts[14] ?? 0));
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis) - offset * 60_000);
  }

  function UUID(text) {
    const variant = () => (8 + Math.floor(Math.random() * 4)).toString(16);
    const digits =
      text === undefined
        ? randomHex(12) + '4' + randomHex(3) + variant() + randomHex(15)
        : String(text).replace(/-/g, '');
    if (!/^[0-9a-fA-F]{32}$/.test(digits)) {
      throw new BSONError(`UUID('${text}'): 32 hexadecimal digits are expected`);
    }
    return new Binary(hex.decode(digits), UUID_SUBTYPE);
  }

  // mongosh lets its constructors be called without `new`.
  function callable(type) {
    const call = (...args) => new type(...args);
    const constructor = new Proxy(type, { apply: (target, self, args) => call(...args) });
    Object.defineProperty(type.prototype, 'constructor', { value: constructor });
    Object.defineProperty(type.prototype, '_bsontype', { value: type.name });
    Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name });
    return constructor;
  }

  for (const type of [Double, Timestamp, MinKey, MaxKey, Code, BSONSymbol, BSONRegExp, DBRef, Binary]) {
    shell.define(type.name, callable(type));
  }
  shell.define('ObjectId', callable(ObjectId));
  for (const [name, alias, type] of [
    ['Long', 'NumberLong', Long],
    ['Int32', 'NumberInt', Int32],
    ['Decimal128', 'NumberDecimal', Decimal128],
  ]) {
    const constructor = callable(type);
    shell.define(name, constructor);
    shell.define(alias, constructor);
  }
  Object.assign(Long, { ZERO: new Long(0), ONE: new Long(1) });
  Object.assign(Long, { MAX_VALUE: new Long(2n ** 63n - 1n), MIN_VALUE: new Long(-(2n ** 63n)) });
  shell.define('ISODate', ISODate);
  shell.define('UUID', UUID);
  shell.define('MD5', (text) => new Binary(hex.decode(text), 5));
  shell.define('HexData', (subtype, text) => new Binary(hex.decode(text), subtype));
  shell.define('BinData', (subtype, text) => Binary.createFromBase64(text, subtype));

  shell.types = { BSONError, ObjectId, Long, Int32, Double, Decimal128, Binary, Timestamp, MinKey, MaxKey };
  Object.assign(shell.types, { Code, BSONSymbol, BSONRegExp, DBRef });
  shell.newObjectId = () => new ObjectId();
});
