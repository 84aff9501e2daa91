/**
 * Variables and text with variables: what is declared, what an exchange sees, and the core module's
 * variables.
 *
 * <p>Reads of variables are worker thread only. Nothing here is exported.
 */
@NullMarked
package moonphase.kernel.variable;

import org.jspecify.annotations.NullMarked;
