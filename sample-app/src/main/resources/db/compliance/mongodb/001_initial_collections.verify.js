// Every collection is there with its indexes; documents are checked; the two collections of measurements are capped.

const indexes = {
  regulatory_documents: 5,
  regulatory_requirements: 4,
  compliance_rules: 4,
  document_parsing_results: 3,
  audit_events: 4,
  report_templates: 3,
  workflow_definitions: 2,
  system_metrics: 2,
  performance_logs: 2,
};
const capped = ["system_metrics", "performance_logs"];

for (const [name, count] of Object.entries(indexes)) {
  const [collection] = db.getCollectionInfos({ name });
  if (!collection) {
    throw new Error(`${name} is missing`);
  }
  if (db.getCollection(name).getIndexes().length !== count) {
    throw new Error(`${name} does not have its ${count} indexes`);
  }
  if (capped.includes(name) !== Boolean(collection.options.capped)) {
    throw new Error(`${name} is ${collection.options.capped ? "" : "not "}capped`);
  }
  if (!capped.includes(name) && !collection.options.validator) {
    throw new Error(`${name} takes any document`);
  }
}
