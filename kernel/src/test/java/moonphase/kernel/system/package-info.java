/** Tests of what is called in the C library. */
@NullMarked
package moonphase.kernel.system;

import org.jspecify.annotations.NullMarked;
