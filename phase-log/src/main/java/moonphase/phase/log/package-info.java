/** Lua in the phase LOG. Nothing is exported. */
@NullMarked
package moonphase.phase.log;

import org.jspecify.annotations.NullMarked;
