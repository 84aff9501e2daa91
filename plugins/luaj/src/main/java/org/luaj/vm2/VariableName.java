package org.luaj.vm2;

import org.luaj.vm2.compiler.Opcode;

/**
 * What kind of variable a value came from, and its name, as messages put it.
 *
 * @param kind {@code local}, {@code global}, {@code field}, {@code method}, {@code upvalue}, {@code
 *     metamethod}, {@code for iterator}, or empty where it is not known
 * @param name the name, {@code ?} where it is not known
 */
public record VariableName(String kind, String name) {
  static final VariableName NONE = new VariableName("", "?");

  /** Tells whether there is a name. */
  public boolean isKnown() {
    return !kind.isEmpty();
  }

  /** Returns the name of what a frame's current instruction calls. */
  static VariableName ofCall(CallFrame caller) {
    Prototype p = caller.closure.p;
    int pc = caller.pc - 1;
    if (pc < 0) {
      return NONE;
    }
    int i = p.code[pc];
    int op = Opcode.op(i);
    if (op == Opcode.CALL || op == Opcode.TAILCALL) {
      return ofRegister(p, pc, Opcode.a(i));
    }
    if (op == Opcode.TFORCALL) {
      return new VariableName("for iterator", "(for generator)");
    }
    String event = Opcode.event(op);
    return event == null ? NONE : new VariableName("metamethod", event);
  }

  /** Returns the name of what a register holds before an instruction. */
  static VariableName ofRegister(Prototype p, int pc, int register) {
    String local = p.localAt(register, pc);
    if (local != null) {
      return new VariableName("local", local);
    }
    int setter = -1;
    for (int at = 0; at < pc; at++) {
      int i = p.code[at];
      int op = Opcode.op(i);
      if (Opcode.clobbersFrom(op) ? register >= Opcode.a(i) : Opcode.sets(op, i, register)) {
        setter = at;
      }
      if (op == Opcode.SETLIST || op == Opcode.LOADKX) {
        at++; // the next word is no instruction
      }
    }
    if (setter < 0 || Opcode.clobbersFrom(Opcode.op(p.code[setter]))) {
      return NONE;
    }
    return ofSetter(p, setter, p.code[setter], Opcode.op(p.code[setter]));
  }

  private static VariableName ofSetter(Prototype p, int at, int i, int op) {
    return switch (op) {
      case Opcode.MOVE, Opcode.GETCELL -> {
        String name = p.localAt(Opcode.b(i), at);
        yield name == null ? NONE : new VariableName("local", name);
      }
      case Opcode.GETUPVAL -> new VariableName("upvalue", p.upvalues[Opcode.b(i)].name());
      case Opcode.GETGLOBAL -> new VariableName("global", p.k[Opcode.d(i)].tojstring());
      case Opcode.GETFIELD -> new VariableName("field", p.k[Opcode.c(i)].tojstring());
      case Opcode.SELF -> new VariableName("method", p.k[Opcode.c(i)].tojstring());
      default -> NONE;
    };
  }
}
