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
      return new VariableName("for iterator", "for iterator");
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
    for (int at = pc - 1; at >= 0; at--) {
      int i = p.code[at];
      int op = Opcode.op(i);
      if (Opcode.clobbersFrom(op)) {
        if (register >= Opcode.a(i)) {
          return NONE;
        }
      } else if (Opcode.sets(op, i, register)) {
        return ofSetter(p, at, i, op);
      }
    }
    return NONE;
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
