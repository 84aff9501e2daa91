package moonphase.preload.cjson;

/** What one instance of the module was told. Changed by its own functions; one VM's thread. */
final class Options {
  /** What becomes of NaN and infinities. */
  enum InvalidNumbers {
    /** Refused. */
    OFF,
    /** Written and read as words. */
    ON,
    /** Written as {@code null}. */
    NULL
  }

  boolean sparseConvert;
  int sparseRatio = 2;
  int sparseSafe = 10;
  int encodeMaxDepth = 1000;
  int decodeMaxDepth = 1000;
  int precision = 14;
  InvalidNumbers encodeInvalid = InvalidNumbers.OFF;
  boolean decodeInvalid = true;
  boolean keepBuffer = true;
  boolean emptyTableAsObject = true;
  boolean arraysGetMetatable;
  boolean escapeSlash = true;
  boolean skipUnsupported;
}
