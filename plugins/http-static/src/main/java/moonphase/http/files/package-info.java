/**
 * nginx's modules for files: {@code static}, {@code index}, {@code try_files}, and the filters
 * {@code not_modified} and {@code range_header}. Nothing is exported.
 *
 * <p>Which file a URI stands for is the location's to say, so nothing here joins paths with text
 * from outside, and no path leaves the root.
 */
@NullMarked
package moonphase.http.files;

import org.jspecify.annotations.NullMarked;
