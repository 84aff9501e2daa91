/** Lua in the phases PRECONTENT and CONTENT. Nothing is exported. */
@NullMarked
package moonphase.phase.content;

import org.jspecify.annotations.NullMarked;
