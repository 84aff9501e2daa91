/** Tests of the whole: the assembled distribution, and what every module promises. */
@NullMarked
package moonphase.dist;

import org.jspecify.annotations.NullMarked;
