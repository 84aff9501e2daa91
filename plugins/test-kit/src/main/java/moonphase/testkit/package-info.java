/**
 * Spec cases in the words of Test::Nginx, run against the kernel on a transport without sockets.
 *
 * <p>For the tests of this project and of plugin authors. A case names a configuration, a request,
 * and what is expected of the response and of the error log; each is run twice on one server, and
 * an {@code [error]} line that was not asked for fails it. Time is the transport's: a script that
 * sleeps an hour is tested in a moment.
 */
@NullMarked
package moonphase.testkit;

import org.jspecify.annotations.NullMarked;
