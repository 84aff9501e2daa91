/**
 * nginx's module {@code geo}: variables whose values depend on the client's address. Nothing is
 * exported.
 */
@NullMarked
package moonphase.http.geo;

import org.jspecify.annotations.NullMarked;
