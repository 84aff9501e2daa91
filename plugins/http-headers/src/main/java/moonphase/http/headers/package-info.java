/**
 * {@code add_header}: fields added to responses.
 *
 * <p>A bundle that exports nothing; it knows moonphase.spi only. Not here: {@code expires} and
 * {@code add_trailer}; they are unknown directives.
 */
@NullMarked
package moonphase.http.headers;

import org.jspecify.annotations.NullMarked;
