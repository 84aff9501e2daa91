/**
 * Starts the OSGi framework on the distribution's bundles and stands between the kernel and the
 * process that started the JVM: start result, pid file, the master's words.
 *
 * <p>Nothing here is known to a bundle, and no bundle's class is known here: the two sides meet in
 * services of {@code java.*} types. No bundle can import this package.
 */
@NullMarked
package moonphase.launch;

import org.jspecify.annotations.NullMarked;
