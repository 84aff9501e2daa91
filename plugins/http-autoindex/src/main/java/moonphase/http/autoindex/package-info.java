/** nginx's module {@code autoindex}: listings of directories. Nothing is exported. */
@NullMarked
package moonphase.http.autoindex;

import org.jspecify.annotations.NullMarked;
