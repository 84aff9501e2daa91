package org.luaj.vm2;

/**
 * A local variable of a function, for debug information.
 *
 * @param varname its name
 * @param register where it lives
 * @param startpc the first instruction at which it exists
 * @param endpc the first at which it no longer does
 */
public record LocVars(String varname, int register, int startpc, int endpc) {}
