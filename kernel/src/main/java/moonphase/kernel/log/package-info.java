/**
 * The error log and the files that logs are written to, in nginx's format.
 *
 * <p>Any thread; lines are written whole. Nothing here is exported.
 */
@NullMarked
package moonphase.kernel.log;

import org.jspecify.annotations.NullMarked;
