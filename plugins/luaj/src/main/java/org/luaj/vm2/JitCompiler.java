package org.luaj.vm2;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.compiler.Opcode;

/**
 * Makes {@link JitCode} of prototypes: each instruction becomes a call of the method of {@link
 * JitSteps} that has its name, with the instruction as a constant, and each jump a jump. The JVM's
 * own compiler puts the methods into one piece.
 *
 * <p>Threads: {@link #sampled} is for any; it does not wait for the compilation.
 */
final class JitCompiler {
  /**
   * How many samples make a function hot: {@code -Dmoonphase.lua.jit}. 0 compiles every function
   * when it is read, a negative number none.
   */
  private static final int HOT = Integer.getInteger("moonphase.lua.jit", 2);

  /** A longer method the JVM would never compile itself. */
  private static final int MOST_BYTES = 7999;

  /** Takes more bytes than that, whatever it does. */
  private static final int MOST_INSTRUCTIONS = 800;

  private static final ClassDesc FRAME = desc(CallFrame.class);
  private static final ClassDesc CODE = desc(JitCode.class);
  private static final ClassDesc STEPS = desc(JitSteps.class);
  private static final ClassDesc VALUE = desc(LuaValue.class);
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(CD_void, INTS);
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(FRAME, FRAME, VALUE.arrayType(), CD_int, CD_int);
  private static final MethodTypeDesc STOPPED = MethodTypeDesc.of(CD_boolean, FRAME, INTS, CD_int);

  // local variables of the method run
  private static final int CI = 1;
  private static final int R = 2;
  private static final int PC = 3;
  private static final int NESTED = 4;
  private static final int OWN = 5;
  private static final int NEXT = 6;

  /** The methods of {@link JitSteps}, by operation. */
  private static final String[] NAMES =
      """
      move loadk loadk loadnil loadtrue loadfalse getupval setupval newcell getcell setcell
      getglobal setglobal gettable getfield getint settable setfield setint self newtable
      setlist add sub mul div mod pow add sub mul div mod pow unm not len concat jmp test eq eqk
      lt le lt le lt le forprep forloop tforcall tforloop call tailcall returnAll return0 return1
      vararg closure environment
      """
          .split("\\s+");

  private final Prototype p;
  private final Label[] labels;
  private final boolean[] isWord;
  private CodeBuilder out;

  private JitCompiler(Prototype p) {
    this.p = p;
    this.labels = new Label[p.code.length];
    this.isWord = new boolean[p.code.length];
    for (int pc = 0; pc < p.code.length; pc++) {
      int op = Opcode.op(p.code[pc]);
      if (op == Opcode.LOADKX || op == Opcode.SETLIST) {
        isWord[++pc] = true;
      }
    }
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** A prototype was read. */
  static void made(Prototype p) {
    if (HOT == 0) {
      compile(p);
    }
  }

  /** A slice of the budget ran out in a function. */
  static void sampled(Prototype p) {
    if (++p.samples == HOT) {
      Thread.ofVirtual().name("lua-compiler").start(() -> compile(p));
    }
  }

  /** Compiles, unless that is too long for the JVM; what runs goes over to it by and by. */
  static void compile(Prototype p) {
    if (p.jit != null || p.code.length > MOST_INSTRUCTIONS) {
      return;
    }
    JitCompiler compiler = new JitCompiler(p);
    int[] code = p.code.clone();
    List<Integer> entries = compiler.entries();
    entries.forEach(pc -> code[pc] = code[pc] & ~0xFF | Opcode.COMPILED);
    byte[] generated = compiler.generate(entries);
    if (length(generated) > MOST_BYTES) {
      return;
    }
    try {
      MethodHandles.Lookup made =
          MethodHandles.lookup().defineHiddenClassWithClassData(generated, List.of(p.k), true);
      p.compiled(
          (JitCode)
              made.findConstructor(
                      made.lookupClass(), MethodType.methodType(void.class, int[].class))
                  .invoke(code));
    } catch (Throwable e) {
      throw new IllegalStateException("no code for " + p, e);
    }
  }

  /** The instructions where compiled code can be entered. */
  private List<Integer> entries() {
    List<Integer> entries = new ArrayList<>();
    boolean[] isEntry = new boolean[p.code.length];
    isEntry[0] = true;
    for (int pc = 0; pc < p.code.length; pc++) {
      if (!isWord[pc]) {
        int target = target(pc);
        if (target >= 0 && target <= pc) {
          isEntry[target] = true;
        }
        if (Opcode.op(p.code[pc]) == Opcode.CALL) {
          isEntry[pc + 1] = true;
        }
      }
    }
    for (int pc = 0; pc < isEntry.length; pc++) {
      if (isEntry[pc] && !mayBeLeft(Opcode.op(p.code[pc]))) {
        entries.add(pc);
      }
    }
    return entries;
  }

  /** Whether it may be for the interpreter to execute it. */
  private static boolean mayBeLeft(int op) {
    return switch (op) {
      case Opcode.TAILCALL, Opcode.RETURN, Opcode.RETURN0, Opcode.RETURN1 -> true;
      default -> false;
    };
  }

  /** Where an instruction may jump; -1 for nowhere. */
  private int target(int pc) {
    int i = p.code[pc];
    return switch (Opcode.op(i)) {
      case Opcode.JMP -> pc + 1 + Opcode.j(i);
      case Opcode.FORPREP, Opcode.FORLOOP, Opcode.TFORLOOP -> pc + 1 + Opcode.s(i);
      default -> -1;
    };
  }

  private byte[] generate(List<Integer> entries) {
    ClassDesc name = ClassDesc.of(JitCompiler.class.getPackageName(), "Compiled");
    return ClassFile.of()
        .build(
            name,
            type ->
                type.withSuperclass(CODE)
                    .withFlags(ClassFile.ACC_FINAL)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        CONSTRUCTOR,
                        0,
                        body ->
                            body.aload(0)
                                .aload(1)
                                .invokespecial(CODE, ConstantDescs.INIT_NAME, CONSTRUCTOR)
                                .return_())
                    .withMethodBody("run", RUN, 0, body -> run(body, entries)));
  }

  /** The bytes of the method run. */
  private static int length(byte[] generated) {
    return ClassFile.of().parse(generated).methods().stream()
        .flatMap(method -> method.findAttribute(Attributes.code()).stream())
        .mapToInt(CodeAttribute::codeLength)
        .max()
        .orElseThrow();
  }

  private void run(CodeBuilder body, List<Integer> entries) {
    out = body;
    for (int pc = 0; pc < labels.length; pc++) {
      labels[pc] = body.newLabel();
    }
    Label nowhere = body.newLabel();
    body.aload(CI).getfield(FRAME, "code", INTS).astore(OWN);
    body.iload(PC)
        .lookupswitch(nowhere, entries.stream().map(pc -> SwitchCase.of(pc, labels[pc])).toList());
    for (int pc = 0; pc < p.code.length; pc++) {
      body.labelBinding(labels[pc]);
      if (!isWord[pc]) {
        instruction(pc, p.code[pc]);
      }
    }
    body.labelBinding(nowhere);
    body.aload(CI).iload(PC).putfield(FRAME, "pc", CD_int);
    body.aload(CI).areturn();
  }

  private void instruction(int pc, int i) {
    switch (Opcode.op(i)) {
      case Opcode.LOADK, Opcode.GETGLOBAL, Opcode.SETGLOBAL -> step(pc, i, CD_void, Opcode.d(i));
      case Opcode.LOADKX -> step(pc, i, CD_void, p.code[pc + 1]);
      case Opcode.SETLIST -> {
        arguments(pc + 1, i);
        out.loadConstant(p.code[pc + 1]);
        invoke(i, CD_void, CD_int);
      }
      case Opcode.GETFIELD, Opcode.SELF -> step(pc, i, CD_void, Opcode.c(i));
      case Opcode.SETFIELD -> step(pc, i, CD_void, Opcode.b(i));
      case Opcode.ADD, Opcode.SUB, Opcode.MUL, Opcode.DIV, Opcode.MOD, Opcode.POW -> {
        arguments(pc + 1, i);
        register(Opcode.b(i));
        register(Opcode.c(i));
        invoke(i, CD_void, VALUE, VALUE);
      }
      case Opcode.ADDK, Opcode.SUBK, Opcode.MULK, Opcode.DIVK, Opcode.MODK, Opcode.POWK -> {
        arguments(pc + 1, i);
        register(Opcode.b(i));
        constant(Opcode.c(i));
        invoke(i, CD_void, VALUE, VALUE);
      }
      case Opcode.TEST, Opcode.EQ -> {
        step(pc, i, CD_boolean);
        jumpAfterTest(pc);
      }
      case Opcode.EQK -> {
        step(pc, i, CD_boolean, Opcode.b(i));
        jumpAfterTest(pc);
      }
      case Opcode.LT, Opcode.LE -> {
        arguments(pc + 1, i);
        register(Opcode.a(i));
        register(Opcode.b(i));
        compare(pc, i);
      }
      case Opcode.LTK, Opcode.LEK -> {
        arguments(pc + 1, i);
        register(Opcode.a(i));
        constant(Opcode.b(i));
        compare(pc, i);
      }
      case Opcode.GTK, Opcode.GEK -> {
        arguments(pc + 1, i);
        constant(Opcode.b(i));
        register(Opcode.a(i));
        compare(pc, i);
      }
      case Opcode.JMP -> jump(pc, target(pc));
      case Opcode.FORPREP -> {
        step(pc, i, CD_boolean);
        out.ifeq(labels[target(pc)]);
      }
      case Opcode.FORLOOP, Opcode.TFORLOOP -> {
        step(pc, i, CD_boolean);
        out.ifeq(labels[pc + 1]);
        jump(pc, target(pc));
      }
      case Opcode.CALL -> {
        arguments(pc + 1, i);
        out.iload(NESTED);
        invoke(i, FRAME, CD_int);
        out.dup().astore(NEXT).aload(CI);
        Label away = out.newLabel();
        out.if_acmpne(away);
        out.aload(CI).getfield(FRAME, "code", INTS).aload(OWN).if_acmpeq(labels[pc + 1]);
        out.labelBinding(away).aload(NEXT).areturn();
      }
      case Opcode.TAILCALL -> {
        arguments(pc, i);
        out.iload(NESTED);
        invoke(i, FRAME, CD_int);
        out.areturn();
      }
      case Opcode.RETURN, Opcode.RETURN0, Opcode.RETURN1 -> {
        step(pc - 1, i, FRAME);
        out.areturn();
      }
      default -> step(pc, i, CD_void);
    }
  }

  private void compare(int pc, int i) {
    invoke(i, CD_boolean, VALUE, VALUE);
    jumpAfterTest(pc);
  }

  /** The jump that follows a comparison, taken where that has left true. */
  private void jumpAfterTest(int pc) {
    out.ifeq(labels[pc + 2]);
    jump(pc + 1, target(pc + 1));
  }

  private void jump(int pc, int target) {
    if (target > pc) {
      out.goto_(labels[target]);
    } else {
      out.aload(CI).aload(OWN).loadConstant(target).invokestatic(STEPS, "stopped", STOPPED);
      out.ifeq(labels[target]);
      out.aload(CI).areturn();
    }
  }

  private void step(int pc, int i, ClassDesc result) {
    arguments(pc + 1, i);
    invoke(i, result);
  }

  private void step(int pc, int i, ClassDesc result, int constant) {
    arguments(pc + 1, i);
    constant(constant);
    invoke(i, result, VALUE);
  }

  private void register(int index) {
    out.aload(R).loadConstant(index).aaload();
  }

  private void constant(int index) {
    out.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, VALUE, index));
  }

  private void arguments(int pc, int i) {
    out.aload(CI).aload(R).loadConstant(i).loadConstant(pc);
  }

  private void invoke(int i, ClassDesc result, ClassDesc... more) {
    List<ClassDesc> parameters = new ArrayList<>(List.of(FRAME, VALUE.arrayType(), CD_int, CD_int));
    parameters.addAll(List.of(more));
    out.invokestatic(STEPS, NAMES[Opcode.op(i)], MethodTypeDesc.of(result, parameters));
  }
}
