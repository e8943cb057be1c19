package io.mhras.migrations.adopt;

import io.mhras.migrations.TableReader.Table;
import java.util.List;

/**
 * Another tool's history, as its table or collection has it.
 *
 * @param table where it stands
 * @param entries what its rows say, in order
 */
record OtherHistory(OtherTool tool, Table table, List<OtherMigration> entries) {}
