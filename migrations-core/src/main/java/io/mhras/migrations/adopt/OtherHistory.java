package io.mhras.migrations.adopt;

import java.util.List;

/**
 * Another tool's history, as its table or collection has it.
 *
 * @param applied what it says is applied, in order
 */
record OtherHistory(OtherTool tool, List<OtherMigration> applied) {}
