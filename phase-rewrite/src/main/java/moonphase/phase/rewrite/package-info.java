/**
 * Lua in the phases SERVER_REWRITE and REWRITE, and among the directives of the latter. Nothing is
 * exported.
 */
@NullMarked
package moonphase.phase.rewrite;

import org.jspecify.annotations.NullMarked;
