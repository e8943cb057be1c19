// The workflow that every report goes through unless its template names another one.

db.workflow_definitions.insertOne({
  workflow_id: "report-submission",
  version: NumberInt(1),
  name: "Report submission",
  steps: [
    { key: "prepare", kind: "task", next: "review" },
    { key: "review", kind: "approval", next: "submit" },
    { key: "submit", kind: "submission", next: "inform" },
    { key: "inform", kind: "notification", next: null },
  ],
  is_active: true,
});
