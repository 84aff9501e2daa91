package org.luaj.vm2.compiler;

/**
 * The instructions of the virtual machine and how they are packed into an int.
 *
 * <p>From the low end: 8 bits operation, 8 bits A, 8 bits B, 8 bits C; B and C together are D
 * (unsigned) or S (signed); A, B and C together are J (signed, for jumps, relative to the next
 * instruction). R is a register, K a constant, U an upvalue. A comparison is followed by a JMP,
 * which is taken where the outcome equals C.
 */
public final class Opcode {
  public static final int MOVE = 0; // R[A] = R[B]
  public static final int LOADK = 1; // R[A] = K[D]
  public static final int LOADKX = 2; // R[A] = K[next word]
  public static final int LOADNIL = 3; // R[A..B] = nil
  public static final int LOADTRUE = 4;
  public static final int LOADFALSE = 5;
  public static final int GETUPVAL = 6; // R[A] = U[B]
  public static final int SETUPVAL = 7; // U[B] = R[A]
  public static final int NEWCELL = 8; // R[A] = a cell with R[A]
  public static final int GETCELL = 9; // R[A] = what the cell R[B] holds
  public static final int SETCELL = 10; // the cell R[A] holds R[B]
  public static final int GETGLOBAL = 11; // R[A] = environment[K[D]]
  public static final int SETGLOBAL = 12; // environment[K[D]] = R[A]
  public static final int GETTABLE = 13; // R[A] = R[B][R[C]]
  public static final int GETFIELD = 14; // R[A] = R[B][K[C]], a string
  public static final int GETINT = 15; // R[A] = R[B][C]
  public static final int SETTABLE = 16; // R[A][R[B]] = R[C]
  public static final int SETFIELD = 17; // R[A][K[B]] = R[C]
  public static final int SETINT = 18; // R[A][B] = R[C]
  public static final int SELF = 19; // R[A+1] = R[B]; R[A] = R[B][K[C]]
  public static final int NEWTABLE = 20; // R[A] = table with room for B list values, C others
  public static final int SETLIST = 21; // R[A][next word + i] = R[A+i], i to B; all where B is 0
  public static final int ADD = 22; // R[A] = R[B] + R[C], and so on to POW
  public static final int SUB = 23;
  public static final int MUL = 24;
  public static final int DIV = 25;
  public static final int MOD = 26;
  public static final int POW = 27;
  public static final int ADDK = 28; // R[A] = R[B] + K[C], and so on to POWK
  public static final int SUBK = 29;
  public static final int MULK = 30;
  public static final int DIVK = 31;
  public static final int MODK = 32;
  public static final int POWK = 33;
  public static final int UNM = 34; // R[A] = -R[B]
  public static final int NOT = 35;
  public static final int LEN = 36;
  public static final int CONCAT = 37; // R[A] = R[B] .. to R[C]
  public static final int JMP = 38; // by J
  public static final int TEST = 39; // R[A] true or not
  public static final int EQ = 40; // R[A] == R[B]
  public static final int EQK = 41; // R[A] == K[B], compared raw
  public static final int LT = 42;
  public static final int LE = 43;
  public static final int LTK = 44; // R[A] < K[B]
  public static final int LEK = 45;
  public static final int GTK = 46;
  public static final int GEK = 47;
  public static final int FORPREP = 48; // R[A] start, A+1 limit, A+2 step; to the loop's end by S
  public static final int FORLOOP = 49; // R[A+3] = R[A] += R[A+2]; back by S
  public static final int TFORCALL = 50; // R[A+3..A+2+C] = R[A](R[A+1], R[A+2])
  public static final int TFORLOOP = 51; // where R[A+3] is not nil R[A+2] = R[A+3], back by S
  public static final int CALL = 52; // R[A..] = R[A](B-1 arguments), C-1 results; 0 means open
  public static final int TAILCALL = 53; // return R[A](B-1 arguments)
  public static final int RETURN = 54; // B-1 results from R[A]; 0 means open
  public static final int RETURN0 = 55;
  public static final int RETURN1 = 56;
  public static final int VARARG = 57; // R[A..] = C-1 extra arguments; 0 means open
  public static final int CLOSURE = 58; // R[A] = closure of prototype D
  public static final int ENVIRONMENT = 59; // R[A] = environment, where a global's K is beyond D
  public static final int TRAP = 60; // stands for another in code that is watched by a hook
  public static final int COMPILED = 61; // stands for one where JVM byte code can be entered

  private static final String[] EVENTS = new String[64];

  static {
    String[] arithmetic = {"__add", "__sub", "__mul", "__div", "__mod", "__pow"};
    for (int i = 0; i < arithmetic.length; i++) {
      EVENTS[ADD + i] = arithmetic[i];
      EVENTS[ADDK + i] = arithmetic[i];
    }
    for (int op : new int[] {GETGLOBAL, GETTABLE, GETFIELD, GETINT, SELF}) {
      EVENTS[op] = "__index";
    }
    for (int op : new int[] {SETGLOBAL, SETTABLE, SETFIELD, SETINT}) {
      EVENTS[op] = "__newindex";
    }
    for (int op : new int[] {LT, LTK, GTK}) {
      EVENTS[op] = "__lt";
    }
    for (int op : new int[] {LE, LEK, GEK}) {
      EVENTS[op] = "__le";
    }
    EVENTS[EQ] = "__eq";
    EVENTS[UNM] = "__unm";
    EVENTS[LEN] = "__len";
    EVENTS[CONCAT] = "__concat";
  }

  private Opcode() {}

  public static int op(int i) {
    return i & 0xFF;
  }

  public static int a(int i) {
    return i >>> 8 & 0xFF;
  }

  public static int b(int i) {
    return i >>> 16 & 0xFF;
  }

  public static int c(int i) {
    return i >>> 24;
  }

  public static int d(int i) {
    return i >>> 16;
  }

  public static int s(int i) {
    return i >> 16;
  }

  public static int j(int i) {
    return i >> 8;
  }

  static int abc(int op, int a, int b, int c) {
    return op | a << 8 | b << 16 | c << 24;
  }

  static int ad(int op, int a, int d) {
    return op | a << 8 | d << 16;
  }

  static int jump(int op, int j) {
    return op | j << 8;
  }

  /** Returns the metamethod that an operation may call, null for none. */
  public static String event(int op) {
    return EVENTS[op];
  }

  /** Tells whether an operation leaves the registers from A on in an unknown state. */
  public static boolean clobbersFrom(int op) {
    return op == CALL || op == TAILCALL || op == TFORCALL || op == VARARG;
  }

  /** Tells whether an instruction sets a register. */
  public static boolean sets(int op, int i, int register) {
    int a = a(i);
    return switch (op) {
      case SETUPVAL, SETCELL, SETGLOBAL, SETTABLE, SETFIELD, SETINT, SETLIST, JMP, TEST -> false;
      case EQ, EQK, LT, LE, LTK, LEK, GTK, GEK, RETURN, RETURN0, RETURN1, TFORLOOP -> false;
      case NEWCELL -> false;
      case LOADNIL -> register >= a && register <= b(i);
      case SELF -> register == a || register == a + 1;
      case FORPREP, FORLOOP -> register >= a && register <= a + 3;
      default -> register == a;
    };
  }
}
