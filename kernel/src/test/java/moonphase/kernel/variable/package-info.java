/** Tests of variables and text with variables. */
@NullMarked
package moonphase.kernel.variable;

import org.jspecify.annotations.NullMarked;
