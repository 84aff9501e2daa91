/**
 * Lua values, the VM and its interpreter, under the names LuaJ's users know.
 *
 * <p>Libraries live elsewhere ({@code moonphase.luaj.lib}); nothing here opens a file or knows a
 * host.
 */
@Export
@Version("3.1.0")
package org.luaj.vm2;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
