/**
 * nginx's auth_basic module: user names and passwords by HTTP Basic authentication. Nothing is
 * exported; the crypt functions of commons-codec travel inside the bundle.
 */
@NullMarked
package moonphase.http.authbasic;

import org.jspecify.annotations.NullMarked;
