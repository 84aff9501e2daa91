/**
 * nginx's modules {@code gzip}, {@code gunzip} and {@code gzip_static}: compressed responses.
 * Nothing is exported.
 */
@NullMarked
package moonphase.http.gzip;

import org.jspecify.annotations.NullMarked;
