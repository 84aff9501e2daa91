/**
 * Shared dictionaries: {@code lua_shared_dict}, the store on the heap behind it, and {@code
 * ngx.shared}.
 *
 * <p>A bundle that exports nothing. Another store takes this one's place as a {@code
 * SharedDictStore} service of a higher ranking.
 */
@NullMarked
package moonphase.shdict;

import org.jspecify.annotations.NullMarked;
