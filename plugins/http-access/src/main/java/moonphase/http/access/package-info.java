/**
 * nginx's access module: {@code allow} and {@code deny} by the client's address. Nothing is
 * exported.
 */
@NullMarked
package moonphase.http.access;

import org.jspecify.annotations.NullMarked;
