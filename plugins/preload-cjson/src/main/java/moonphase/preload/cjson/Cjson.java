package moonphase.preload.cjson;

import java.util.function.Function;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Makes the module table of one VM; every table has settings of its own. The VM's thread. */
final class Cjson {
  private final Markers markers;
  private final boolean safe;
  private final Options options = new Options();

  private Cjson(Markers markers, boolean safe) {
    this.markers = markers;
    this.safe = safe;
  }

  /**
   * A module table.
   *
   * @param safe whether errors are returned as {@code nil, message} instead of raised
   */
  static LuaTable table(Markers markers, boolean safe) {
    return new Cjson(markers, safe).table();
  }

  private Varargs encode(Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("bad argument #1 to 'encode' (expected 1 argument)");
    }
    return new Encoder(options, markers).encode(args.arg1());
  }

  private Varargs decode(Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("bad argument #1 to 'decode' (expected 1 argument)");
    }
    return new Decoder(options, markers, args.checkstring(1)).decode();
  }

  private Varargs sparseArray(Varargs args) {
    if (!args.arg(1).isnil()) {
      options.sparseConvert = flag(args.arg(1));
    }
    if (!args.arg(2).isnil()) {
      options.sparseRatio = integer(args, 2, 0, Integer.MAX_VALUE);
    }
    if (!args.arg(3).isnil()) {
      options.sparseSafe = integer(args, 3, 0, Integer.MAX_VALUE);
    }
    return LuaValue.varargsOf(
        LuaValue.valueOf(options.sparseConvert),
        LuaValue.valueOf(options.sparseRatio),
        LuaValue.valueOf(options.sparseSafe));
  }

  private Varargs invalidNumbers(Varargs args) {
    LuaValue wanted = args.arg1();
    if (!wanted.isnil()) {
      options.encodeInvalid =
          wanted.isstring() && wanted.tojstring().equals("null")
              ? Options.InvalidNumbers.NULL
              : flag(wanted) ? Options.InvalidNumbers.ON : Options.InvalidNumbers.OFF;
    }
    return switch (options.encodeInvalid) {
      case OFF -> LuaValue.FALSE;
      case ON -> LuaValue.TRUE;
      case NULL -> LuaValue.valueOf("null");
    };
  }

  private static boolean flag(LuaValue value) {
    if (!value.isstring()) {
      return value.checkboolean();
    }
    return switch (value.tojstring()) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new LuaError("bad argument #1 (invalid option '" + value.tojstring() + "')");
    };
  }

  private static int integer(Varargs args, int index, int least, int most) {
    int value = args.checkint(index);
    if (value < least || value > most) {
      throw new LuaError(
          "bad argument #" + index + " (expected integer between " + least + " and " + most + ")");
    }
    return value;
  }

  /** A function that shows a flag, and sets it when it is given one. */
  private static Function<Varargs, Varargs> flagOption(
      java.util.function.BooleanSupplier get, java.util.function.Consumer<Boolean> set) {
    return args -> {
      if (!args.arg1().isnil()) {
        set.accept(flag(args.arg1()));
      }
      return LuaValue.valueOf(get.getAsBoolean());
    };
  }

  private static Function<Varargs, Varargs> numberOption(
      int least, int most, java.util.function.IntSupplier get, java.util.function.IntConsumer set) {
    return args -> {
      if (!args.arg1().isnil()) {
        set.accept(integer(args, 1, least, most));
      }
      return LuaValue.valueOf(get.getAsInt());
    };
  }

  /** A function for Lua; an error is its second result in the safe module. */
  private static LuaValue function(Function<Varargs, Varargs> body, boolean safe) {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs args) {
        if (!safe) {
          return body.apply(args);
        }
        try {
          return body.apply(args);
        } catch (LuaError e) {
          return LuaValue.varargsOf(LuaValue.NIL, LuaValue.valueOf(e.getMessage()));
        }
      }
    };
  }

  private LuaTable table() {
    LuaTable t = new LuaTable();
    Options o = options;
    t.set("encode", function(this::encode, safe));
    t.set("decode", function(this::decode, safe));
    t.set("new", function(args -> table(markers, safe), false));
    t.set("encode_sparse_array", function(this::sparseArray, false));
    t.set("encode_invalid_numbers", function(this::invalidNumbers, false));
    t.set(
        "encode_max_depth",
        function(
            numberOption(1, Integer.MAX_VALUE, () -> o.encodeMaxDepth, n -> o.encodeMaxDepth = n),
            false));
    t.set(
        "decode_max_depth",
        function(
            numberOption(1, Integer.MAX_VALUE, () -> o.decodeMaxDepth, n -> o.decodeMaxDepth = n),
            false));
    t.set(
        "encode_number_precision",
        function(numberOption(1, 16, () -> o.precision, n -> o.precision = n), false));
    t.set(
        "decode_invalid_numbers",
        function(flagOption(() -> o.decodeInvalid, b -> o.decodeInvalid = b), false));
    t.set(
        "encode_keep_buffer",
        function(flagOption(() -> o.keepBuffer, b -> o.keepBuffer = b), false));
    t.set(
        "encode_empty_table_as_object",
        function(flagOption(() -> o.emptyTableAsObject, b -> o.emptyTableAsObject = b), false));
    t.set(
        "decode_array_with_array_mt",
        function(flagOption(() -> o.arraysGetMetatable, b -> o.arraysGetMetatable = b), false));
    t.set(
        "encode_escape_forward_slash",
        function(flagOption(() -> o.escapeSlash, b -> o.escapeSlash = b), false));
    t.set(
        "encode_skip_unsupported_value_types",
        function(flagOption(() -> o.skipUnsupported, b -> o.skipUnsupported = b), false));
    t.set("null", markers.nothing());
    t.set("empty_array", markers.emptyArray());
    t.set("array_mt", markers.arrayMeta());
    t.set("empty_array_mt", markers.emptyArrayMeta());
    t.set("_NAME", LuaValue.valueOf("cjson"));
    t.set("_VERSION", LuaValue.valueOf("2.1.0.10"));
    return t;
  }
}
