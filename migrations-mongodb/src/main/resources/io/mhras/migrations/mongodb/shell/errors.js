// Errors, named and shaped as mongosh's, and what a script must not do.
(function (shell) {
  'use strict';

  class MongoError extends Error {
    get name() {
      return this.constructor.name;
    }
  }
  class MongoServerError extends MongoError {}
  class MongoBulkWriteError extends MongoServerError {}
  class MongoInvalidArgumentError extends MongoError {}
  class MongoNetworkError extends MongoError {}
  class MongoshInvalidInputError extends Error {
    get name() {
      return 'MongoshInvalidInputError';
    }
  }
  class MongoshUnimplementedError extends Error {
    get name() {
      return 'MongoshUnimplementedError';
    }
  }
  const named = { MongoError, MongoServerError, MongoBulkWriteError, MongoNetworkError, MongoInvalidArgumentError };

  class WriteError {
    constructor(error) {
      this.err = error;
    }
    get code() {
      return this.err.code;
    }
    get index() {
      return this.err.index;
    }
    get errmsg() {
      return this.err.errmsg;
    }
    get errInfo() {
      return this.err.errInfo;
    }
    toJSON() {
      return { code: this.code, index: this.index, errmsg: this.errmsg };
    }
  }

  shell.serverError = ({ name, message, writeErrors, detail, ...details }) => {
    const error = new named[name](message);
    Object.defineProperty(error, 'detail', { value: detail });
    Object.assign(error, details);
    if (writeErrors) {
      error.writeErrors = writeErrors.map((each) => new WriteError(each));
      delete details.result.acknowledged;
      // As getters, so that an error is not printed twice.
      for (const [name, value] of Object.entries(details.result)) {
        Object.defineProperty(error, name, { value });
      }
    }
    return error;
  };

  shell.invalidInput = (message) => {
    const error = new MongoshInvalidInputError(`[COMMON-10001] ${message}`);
    error.code = 'COMMON-10001';
    return error;
  };

  shell.invalidArgument = (message) => new MongoInvalidArgumentError(message);

  shell.required = (value, position, where) => {
    if (value === undefined) {
      throw shell.invalidInput(`Missing required argument at position ${position} (${where})`);
    }
    return value;
  };

  // The same words as before the run: a script may get at these in a way that cannot be seen in its text.
  shell.refuse = (what, instead) =>
    function () {
      throw new MongoshUnimplementedError(`${what} is not available in a migration. ${instead}`);
    };
});
