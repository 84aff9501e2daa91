package org.luaj.vm2.compiler;

/** A local variable of the program. */
final class Variable {
  final String name;

  /** Whether an inner function uses it, so that it lives in a cell. Known when parsing is over. */
  boolean captured;

  /** Where it lives; set by the generator. */
  int register;

  int startPc;

  Variable(String name) {
    this.name = name;
  }
}
