/**
 * Lua for Java programs: {@link moonphase.luaj.LuaState}, and the stand-alone interpreter.
 *
 * <p>Everything a host needs beside the values of {@code org.luaj.vm2}. Nothing here knows HTTP.
 */
@Export
@Version("1.0.0")
package moonphase.luaj;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
