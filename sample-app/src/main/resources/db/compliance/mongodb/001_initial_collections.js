// The initial collections of regulatory compliance: documents and what was read out of them, rules, templates,
// workflows, the audit trail, and two capped collections of measurements.

const text = { bsonType: "string", minLength: 1 };
const optionalText = { bsonType: ["string", "null"] };
const date = { bsonType: "date" };
const optionalDate = { bsonType: ["date", "null"] };
const jurisdiction = { bsonType: "string", pattern: "^[A-Z]{2,10}$" };
const versionNumber = { bsonType: ["int", "long"], minimum: 1 };
const share = { bsonType: ["double", "decimal", "int"], minimum: 0, maximum: 1 };

function oneOf(...values) {
  return { bsonType: "string", enum: values };
}

function validated(name, required, properties) {
  db.createCollection(name, {
    validator: { $jsonSchema: { bsonType: "object", required, properties } },
    validationLevel: "strict",
    validationAction: "error",
  });
}

validated(
  "regulatory_documents",
  ["document_id", "title", "jurisdiction_code", "document_type", "status", "content_hash", "received_at"],
  {
    document_id: text,
    title: text,
    jurisdiction_code: jurisdiction,
    document_type: oneOf("law", "regulation", "directive", "guideline", "circular", "consultation"),
    status: oneOf("received", "parsing", "parsed", "failed", "superseded"),
    language: { bsonType: "string", pattern: "^[a-z]{2}$" },
    source_url: optionalText,
    content_hash: { bsonType: "string", pattern: "^[0-9a-f]{64}$" },
    published_at: optionalDate,
    effective_from: optionalDate,
    received_at: date,
  },
);
db.regulatory_documents.createIndexes([
  { document_id: 1 },
  { content_hash: 1 },
], { unique: true });
db.regulatory_documents.createIndex({ jurisdiction_code: 1, document_type: 1, effective_from: -1 });
db.regulatory_documents.createIndex(
  { received_at: 1 },
  { name: "idx_unfinished", partialFilterExpression: { status: { $in: ["received", "parsing", "failed"] } } },
);

validated(
  "regulatory_requirements",
  ["requirement_id", "document_id", "article", "text", "obligation_type", "is_active"],
  {
    requirement_id: text,
    document_id: text,
    article: text,
    text: text,
    obligation_type: oneOf("reporting", "disclosure", "capital", "conduct", "record_keeping"),
    severity: oneOf("low", "medium", "high", "critical"),
    confidence: share,
    effective_from: optionalDate,
    effective_to: optionalDate,
    is_active: { bsonType: "bool" },
  },
);
db.regulatory_requirements.createIndex({ requirement_id: 1 }, { unique: true });
db.regulatory_requirements.createIndex({ document_id: 1, article: 1 });
db.regulatory_requirements.createIndex(
  { obligation_type: 1, severity: 1 },
  { name: "idx_active", partialFilterExpression: { is_active: true } },
);

// `logic` is JSON-Logic: its operators are not ours to check.
validated(
  "compliance_rules",
  ["rule_id", "version", "name", "jurisdiction_code", "logic", "is_active"],
  {
    rule_id: text,
    version: versionNumber,
    name: text,
    description: optionalText,
    jurisdiction_code: jurisdiction,
    requirement_ids: { bsonType: "array", items: text, uniqueItems: true },
    logic: { bsonType: "object", minProperties: 1 },
    severity: oneOf("low", "medium", "high", "critical"),
    is_active: { bsonType: "bool" },
    created_at: date,
  },
);
db.compliance_rules.createIndex({ rule_id: 1, version: -1 }, { unique: true });
db.compliance_rules.createIndex({ requirement_ids: 1 });
db.compliance_rules.createIndex(
  { jurisdiction_code: 1, severity: 1 },
  { name: "idx_active", partialFilterExpression: { is_active: true } },
);

validated(
  "document_parsing_results",
  ["document_id", "parser", "parser_version", "status", "started_at"],
  {
    document_id: text,
    parser: text,
    parser_version: text,
    status: oneOf("running", "succeeded", "failed"),
    requirements_found: { bsonType: ["int", "long"], minimum: 0 },
    confidence: share,
    errors: { bsonType: "array", items: { bsonType: "object", required: ["message"], properties: { message: text } } },
    started_at: date,
    finished_at: optionalDate,
  },
);
db.document_parsing_results.createIndex({ document_id: 1, started_at: -1 });
db.document_parsing_results.createIndex({ status: 1, started_at: 1 });

validated(
  "audit_events",
  ["event_id", "event_type", "entity_type", "entity_id", "actor", "occurred_at"],
  {
    event_id: text,
    event_type: oneOf("create", "update", "delete", "approve", "reject", "submit", "access"),
    entity_type: text,
    entity_id: text,
    actor: {
      bsonType: "object",
      required: ["id", "kind"],
      properties: { id: text, kind: oneOf("user", "service", "system") },
    },
    before: { bsonType: ["object", "null"] },
    after: { bsonType: ["object", "null"] },
    occurred_at: date,
  },
);
db.audit_events.createIndex({ event_id: 1 }, { unique: true });
db.audit_events.createIndex({ entity_type: 1, entity_id: 1, occurred_at: -1 });
db.audit_events.createIndex({ "actor.id": 1, occurred_at: -1 });

validated(
  "report_templates",
  ["template_code", "version", "name", "jurisdiction_code", "report_type", "output_format", "sections"],
  {
    template_code: text,
    version: text,
    name: text,
    jurisdiction_code: jurisdiction,
    report_type: oneOf("FINREP", "COREP", "LCR", "NSFR", "AML", "OTHER"),
    output_format: oneOf("XBRL", "XML", "CSV", "JSON", "PDF"),
    sections: {
      bsonType: "array",
      minItems: 1,
      items: { bsonType: "object", required: ["key", "title"], properties: { key: text, title: text } },
    },
    is_active: { bsonType: "bool" },
  },
);
db.report_templates.createIndex({ template_code: 1, version: 1 }, { unique: true });
db.report_templates.createIndex({ jurisdiction_code: 1, report_type: 1 });

validated(
  "workflow_definitions",
  ["workflow_id", "version", "name", "steps", "is_active"],
  {
    workflow_id: text,
    version: versionNumber,
    name: text,
    steps: {
      bsonType: "array",
      minItems: 1,
      items: {
        bsonType: "object",
        required: ["key", "kind"],
        properties: { key: text, kind: oneOf("task", "approval", "notification", "submission"), next: optionalText },
      },
    },
    is_active: { bsonType: "bool" },
  },
);
db.workflow_definitions.createIndex({ workflow_id: 1, version: -1 }, { unique: true });

// Measurements keep their newest part only: 64 MB and 256 MB.
db.createCollection("system_metrics", { capped: true, size: 64 * 1024 * 1024, max: 500000 });
db.system_metrics.createIndex({ metric: 1, measured_at: -1 });

db.createCollection("performance_logs", { capped: true, size: 256 * 1024 * 1024 });
db.performance_logs.createIndex({ operation: 1, logged_at: -1 });
