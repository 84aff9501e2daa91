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
    try (InputStream in = Interpreter.class.getResourceAsStream("Interpreter.class")) {
      int size =
          ClassFile.of().parse(in.readAllBytes()).methods().stream()
              .filter(m -> m.methodName().equalsString("execute"))
              .findFirst()
              .flatMap(m -> m.findAttribute(Attributes.code()))
              .map(CodeAttribute::codeLength)
              .orElseThrow();
      assertTrue(size < 8000, "bytes: " + size);
    }
  }
}
