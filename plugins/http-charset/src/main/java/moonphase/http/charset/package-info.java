/** nginx's module {@code charset}: names the charset of responses, and recodes them. */
@NullMarked
package moonphase.http.charset;

import org.jspecify.annotations.NullMarked;
