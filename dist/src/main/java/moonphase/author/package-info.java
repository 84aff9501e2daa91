/**
 * What the command does for authors of plugins: makes a bundle of a folder of Lua files. It runs in
 * a JVM of its own, without a framework; the server does not use it.
 */
@NullMarked
package moonphase.author;

import org.jspecify.annotations.NullMarked;
