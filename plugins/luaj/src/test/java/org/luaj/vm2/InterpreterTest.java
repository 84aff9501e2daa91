package org.luaj.vm2;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  @Test
  void loopOfTheInterpreter_isSmallEnoughToBeCompiled() throws IOException {
    int size = codeLength(Interpreter.class, "execute");
    assertTrue(size < 8000, "bytes: " + size);
  }

  @Test
  void makingOfFrames_isLargeEnoughNotToBeInlined() throws IOException {
    int size = codeLength(Calls.class, "frame");
    assertTrue(size > 325, "bytes: " + size);
  }

  private static int codeLength(Class<?> type, String method) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return ClassFile.of().parse(in.readAllBytes()).methods().stream()
          .filter(m -> m.methodName().equalsString(method))
          .findFirst()
          .flatMap(m -> m.findAttribute(Attributes.code()))
          .map(CodeAttribute::codeLength)
          .orElseThrow();
    }
  }
}
