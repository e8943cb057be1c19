// Bytes as BSON has them: Binary, what it is written in, and the UUIDs and hashes that are made of it.
(function (shell) {
  'use strict';

  const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  const { BSONError } = shell.types;

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

  shell.hex = hex;
  shell.randomHex = randomHex;
  shell.defineTypes({ Binary });
  shell.define('UUID', UUID);
  shell.define('MD5', (text) => new Binary(hex.decode(text), 5));
  shell.define('HexData', (subtype, text) => new Binary(hex.decode(text), subtype));
  shell.define('BinData', (subtype, text) => Binary.createFromBase64(text, subtype));
});
