/**
 * Reads nginx.conf: text to words, words to directives, directives to merged configurations of
 * blocks, with virtual servers and locations.
 *
 * <p>Everything here happens before requests run; what requests read afterwards is immutable. The
 * core module's directives are declared here. Nothing here is exported.
 */
@NullMarked
package moonphase.kernel.conf;

import org.jspecify.annotations.NullMarked;
