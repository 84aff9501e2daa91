/**
 * The headers-more module: {@code more_set_headers}, {@code more_clear_headers}, {@code
 * more_set_input_headers}, {@code more_clear_input_headers}. Nothing is exported.
 *
 * <p>As in the original, {@code Connection} cannot be cleared: the transport writes it last.
 */
@NullMarked
package moonphase.headersmore;

import org.jspecify.annotations.NullMarked;
