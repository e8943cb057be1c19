db.workflow_definitions.deleteOne({ workflow_id: "report-submission", version: 1 });
