package io.mhras.migrations.schema.report;

/**
 * Whether a database that stands at a tag can be brought to the present files.
 *
 * @param tag its name
 * @param migrations how many there were at the tag
 * @param upgrade whether they give the same schema as the present files on an empty database
 */
public record RehearsedTag(String tag, int migrations, Proof upgrade) {}
