/** Tests of the error log and log files. */
@NullMarked
package moonphase.kernel.log;

import org.jspecify.annotations.NullMarked;
