package org.luaj.vm2;

/** Tracebacks as LuaJIT prints them: at most 22 levels, the middle left out. */
final class Traceback {
  private static final int FIRST = 11;
  private static final int LAST = 10;

  private Traceback() {}

  static String of(LuaThread thread, String message, int from) {
    StringBuilder text = new StringBuilder();
    if (message != null) {
      text.append(message).append('\n');
    }
    text.append("stack traceback:");
    int total = -from;
    for (CallLevel l = CallLevel.top(thread); l != null; l = l.below()) {
      total++;
    }
    int i = -from;
    for (CallLevel l = CallLevel.top(thread); l != null; l = l.below()) {
      if (i == FIRST && total > FIRST + LAST + 1) {
        text.append("\n\t...");
      }
      if (i >= 0 && (i < FIRST || i >= total - LAST || total == FIRST + LAST + 1)) {
        describe(l, text);
      }
      i++;
    }
    return text.toString();
  }

  private static void describe(CallLevel level, StringBuilder text) {
    VariableName name = level.name();
    text.append("\n\t");
    if (!level.isLua()) {
      text.append("[C]:");
      if (name.isKnown()) {
        text.append(" in function '").append(name.name()).append('\'');
      } else {
        text.append(" at ").append(level.function().address());
      }
      return;
    }
    Prototype p = ((LuaClosure) level.function()).p;
    text.append(p.shortsource()).append(':').append(level.currentLine()).append(':');
    if (name.isKnown()) {
      text.append(" in function '").append(name.name()).append('\'');
    } else if (p.linedefined == 0) {
      text.append(" in main chunk");
    } else {
      text.append(" in function <").append(p.shortsource()).append(':');
      text.append(p.linedefined).append('>');
    }
  }
}
