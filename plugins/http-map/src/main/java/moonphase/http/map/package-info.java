/**
 * nginx's modules {@code map} and {@code split_clients}: variables whose values depend on others.
 * Nothing is exported.
 */
@NullMarked
package moonphase.http.map;

import org.jspecify.annotations.NullMarked;
