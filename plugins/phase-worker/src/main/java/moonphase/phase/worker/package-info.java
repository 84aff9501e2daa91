/** Lua at the start of a VM, and at the start and the end of a worker. Nothing is exported. */
@NullMarked
package moonphase.phase.worker;

import org.jspecify.annotations.NullMarked;
