/**
 * nginx's module {@code auth_request}: access is decided by the answer to a subrequest. Nothing is
 * exported.
 */
@NullMarked
package moonphase.http.authrequest;

import org.jspecify.annotations.NullMarked;
