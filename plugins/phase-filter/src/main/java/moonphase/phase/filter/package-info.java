/** Lua among the filters of header and body. Nothing is exported. */
@NullMarked
package moonphase.phase.filter;

import org.jspecify.annotations.NullMarked;
