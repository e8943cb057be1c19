/** Words that people are shown: foreign text made visible, the name that was meant, settings as the front end spells them. */
@NullMarked
package io.mhras.migrations.text;

import org.jspecify.annotations.NullMarked;
