/**
 * What a plugin sees of the server: phases, exchanges, directives, variables, chunks.
 *
 * <p>Only types that a plugin or a transport needs live here; how requests are walked through the
 * phases is the kernel's. Text from the wire is a Latin-1 {@link String} everywhere: one char is
 * one byte. Import it as {@code Import-Package: moonphase.spi;version="[0.1,0.2)"}, which bnd
 * writes by itself.
 */
@Export
@Version("0.1.0")
@NullMarked
package moonphase.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
