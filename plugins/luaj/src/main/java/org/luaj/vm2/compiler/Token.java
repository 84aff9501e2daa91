package org.luaj.vm2.compiler;

/** Kinds of tokens; a single character stands for itself with its code. */
final class Token {
  static final int EOF = 256;
  static final int NAME = 257;
  static final int NUMBER = 258;
  static final int STRING = 259;
  static final int CONCAT = 260;
  static final int DOTS = 261;
  static final int EQ = 262;
  static final int NE = 263;
  static final int LE = 264;
  static final int GE = 265;
  static final int LABEL = 266;
  static final int AND = 267;
  static final int BREAK = 268;
  static final int DO = 269;
  static final int ELSE = 270;
  static final int ELSEIF = 271;
  static final int END = 272;
  static final int FALSE = 273;
  static final int FOR = 274;
  static final int FUNCTION = 275;
  static final int GOTO = 276;
  static final int IF = 277;
  static final int IN = 278;
  static final int LOCAL = 279;
  static final int NIL = 280;
  static final int NOT = 281;
  static final int OR = 282;
  static final int REPEAT = 283;
  static final int RETURN = 284;
  static final int THEN = 285;
  static final int TRUE = 286;
  static final int UNTIL = 287;
  static final int WHILE = 288;

  private static final String[] TEXTS = {
    "<eof>", "<name>", "<number>", "<string>", "..", "...", "==", "~=", "<=", ">=", "::", "and",
    "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"
  };

  private Token() {}

  /** Returns a token as messages show it. */
  static String text(int token) {
    if (token >= EOF) {
      return TEXTS[token - EOF];
    }
    return token < ' ' || token == 127 ? "char(" + token + ")" : String.valueOf((char) token);
  }

  /** Returns the keyword a word is, or NAME. */
  static int keyword(String word) {
    for (int i = AND; i <= WHILE; i++) {
      if (TEXTS[i - EOF].equals(word)) {
        return i;
      }
    }
    return NAME;
  }
}
