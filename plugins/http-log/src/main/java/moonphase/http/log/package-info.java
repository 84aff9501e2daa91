/**
 * nginx's log module: {@code access_log} and {@code log_format}. Nothing is exported.
 *
 * <p>What is not there: logs to syslog, which are refused when the configuration is read.
 */
@NullMarked
package moonphase.http.log;

import org.jspecify.annotations.NullMarked;
