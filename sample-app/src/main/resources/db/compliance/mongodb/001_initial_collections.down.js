// Takes the collections away, with all that is in them.

for (const name of [
  "performance_logs",
  "system_metrics",
  "workflow_definitions",
  "report_templates",
  "audit_events",
  "document_parsing_results",
  "compliance_rules",
  "regulatory_requirements",
  "regulatory_documents",
]) {
  db.getCollection(name).drop();
}
