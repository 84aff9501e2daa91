/** Tests of reading nginx.conf. */
@NullMarked
package moonphase.kernel.conf;

import org.jspecify.annotations.NullMarked;
