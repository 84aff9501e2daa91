/**
 * Lua in a server: VMs, the contexts in which scripts run, coroutines that never block the event
 * loop, the code cache, preload hooks.
 *
 * <p>What the directives of one phase do lives in that phase's bundle, the functions of {@code ngx}
 * in theirs; both build on this package. Import it as {@code Import-Package:
 * moonphase.lua;version="[0.1,0.2)"}, which bnd writes by itself.
 */
@Export
@Version("0.1.0")
@NullMarked
package moonphase.lua;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
