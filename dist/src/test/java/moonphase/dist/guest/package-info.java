/** A third party's bundle: registers handlers by hand, and comes and goes in a running server. */
@NullMarked
package moonphase.dist.guest;

import org.jspecify.annotations.NullMarked;
