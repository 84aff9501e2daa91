/** Base classes of functions written in Java, one for each number of arguments. */
@Export
@Version("3.1.0")
package org.luaj.vm2.lib;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
