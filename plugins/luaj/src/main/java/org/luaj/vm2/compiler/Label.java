package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.List;

/** A place that jumps go to. */
final class Label {
  final String name;

  /** The instruction it stands before, -1 until it is placed. */
  int pc = -1;

  /** The label this one turned out to be; itself where null. */
  Label target;

  /** How many locals are alive at it, for the parser. */
  int locals;

  /** The jumps to it that wait for its place. */
  final List<Integer> waiting = new ArrayList<>();

  Label(String name) {
    this.name = name;
  }
}
