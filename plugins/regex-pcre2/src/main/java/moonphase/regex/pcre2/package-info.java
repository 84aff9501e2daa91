/**
 * Regular expressions by libpcre2-8, called through {@code java.lang.foreign}.
 *
 * <p>One service and nothing exported; the library is looked for under its run-time name, so no
 * development package is needed. It may not know anything but {@code moonphase.spi}.
 */
@NullMarked
package moonphase.regex.pcre2;

import org.jspecify.annotations.NullMarked;
