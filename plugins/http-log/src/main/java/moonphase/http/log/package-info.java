/** nginx's log module: {@code access_log} and {@code log_format}. Nothing is exported. */
@NullMarked
package moonphase.http.log;

import org.jspecify.annotations.NullMarked;
