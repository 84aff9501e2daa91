/**
 * nginx's rewrite module: {@code set}, {@code if}, {@code rewrite}, {@code return}, {@code break}.
 *
 * <p>Each directive appends one step to the {@link moonphase.spi.RewriteScript} of its block; the
 * two handlers run that script, with whatever steps other modules put between ours. Nothing is
 * exported.
 */
@NullMarked
package moonphase.http.rewrite;

import org.jspecify.annotations.NullMarked;
