// db.collection.initializeOrderedBulkOp() and its unordered twin.
(function (shell) {
  'use strict';

  class BulkFind {
    #bulk;
    #filter;
    #options = {};

    constructor(bulk, filter) {
      this.#bulk = bulk;
      this.#filter = filter;
    }

    #add(operation, change) {
      return this.#bulk.add({ [operation]: { filter: this.#filter, ...change, ...this.#options } });
    }

    upsert() {
      this.#options.upsert = true;
      return this;
    }
    collation(collation) {
      this.#options.collation = collation;
      return this;
    }
    arrayFilters(arrayFilters) {
      this.#options.arrayFilters = arrayFilters;
      return this;
    }
    hint(hint) {
      this.#options.hint = hint;
      return this;
    }
    update(update) {
      return this.#add('updateMany', { update });
    }
    updateOne(update) {
      return this.#add('updateOne', { update });
    }
    replaceOne(replacement) {
      return this.#add('replaceOne', { replacement });
    }
    delete() {
      return this.#add('deleteMany', {});
    }
    deleteOne() {
      return this.#add('deleteOne', {});
    }
    remove() {
      return this.delete();
    }
    removeOne() {
      return this.deleteOne();
    }
  }

  class Bulk {
    #collection;
    #ordered;
    #operations = [];
    #executed = false;

    constructor(collection, ordered) {
      this.#collection = collection;
      this.#ordered = ordered;
    }

    add(operation) {
      this.#operations.push(operation);
      return this;
    }
    insert(document) {
      return this.add({ insertOne: { document: shell.required(document, 0, 'Bulk.insert') } });
    }
    find(filter) {
      return new BulkFind(this, shell.required(filter, 0, 'Bulk.find'));
    }
    execute() {
      if (this.#executed) {
        throw new Error('Batch cannot be re-executed');
      }
      this.#executed = true;
      return this.#collection.bulkWrite(this.#operations, { ordered: this.#ordered });
    }
    #count(...operations) {
      return this.#operations.filter((each) => operations.some((name) => name in each)).length;
    }
    toJSON() {
      return {
        nInsertOps: this.#count('insertOne'),
        nUpdateOps: this.#count('updateOne', 'updateMany', 'replaceOne'),
        nRemoveOps: this.#count('deleteOne', 'deleteMany'),
        nBatches: 1,
      };
    }
    tojson() {
      return JSON.stringify(this.toJSON());
    }
    toString() {
      return this.tojson();
    }
  }

  shell.Bulk = Bulk;
});
