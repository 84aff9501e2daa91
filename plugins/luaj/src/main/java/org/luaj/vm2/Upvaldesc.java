package org.luaj.vm2;

/**
 * How a closure gets one of its upvalues.
 *
 * @param name the variable's name
 * @param instack whether it is a local of the enclosing function rather than an upvalue of it
 * @param idx its register or its index among the upvalues there
 */
public record Upvaldesc(String name, boolean instack, int idx) {}
