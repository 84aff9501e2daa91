/**
 * {@code add_header}, {@code add_trailer}, {@code expires}: fields added to responses.
 *
 * <p>A bundle that exports nothing; it knows moonphase.spi only.
 */
@NullMarked
package moonphase.http.headers;

import org.jspecify.annotations.NullMarked;
