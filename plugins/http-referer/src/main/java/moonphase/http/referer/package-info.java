/**
 * nginx's module {@code referer}: tells whether a request comes from a page that may lead here.
 * Nothing is exported.
 */
@NullMarked
package moonphase.http.referer;

import org.jspecify.annotations.NullMarked;
