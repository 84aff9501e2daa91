/** Spec cases of the kernel among nginx's modules: locations, access, redirects, variables. */
@NullMarked
package moonphase.dist.spec;

import org.jspecify.annotations.NullMarked;
