/** Lua in the phase ACCESS. Nothing is exported. */
@NullMarked
package moonphase.phase.access;

import org.jspecify.annotations.NullMarked;
