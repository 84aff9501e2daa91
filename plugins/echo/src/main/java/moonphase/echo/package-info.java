/**
 * The echo directives: content written in nginx.conf, with sleeps, subrequests and request bodies.
 *
 * <p>A bundle that exports nothing; it knows moonphase.spi only. Source: echo-nginx-module manual.
 * Not here: {@code echo_foreach_split}, {@code echo_end}, {@code echo_blocking_sleep}, {@code
 * echo_abort_parent}; they are unknown directives.
 */
@NullMarked
package moonphase.echo;

import org.jspecify.annotations.NullMarked;
