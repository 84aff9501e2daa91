/** A kernel for the launcher's tests: binds one socket and counts what it is told. */
@NullMarked
package moonphase.dist.standin;

import org.jspecify.annotations.NullMarked;
