// ObjectId, and how a script makes new ones.
(function (shell) {
  'use strict';

  const { BSONError } = shell.types;
  const { hex, randomHex } = shell;

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

  shell.defineTypes({ ObjectId });
  shell.newObjectId = () => new ObjectId();
});
