package moonphase.transport.netty;

import moonphase.spi.Headers;

/**
 * What the fields of a head mean to the wire, and which of them contradict each other: nobody
 * behind this server shall see other requests than this server saw. Worker thread only.
 *
 * <p>Source: ngx_http_process_request_header, ngx_http_process_unique_header_line.
 */
final class HeadRules {
  private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"};

  private String length = "";
  private String encoding = "";
  private boolean hasLength;
  private boolean hasEncoding;
  private boolean hasHost;
  private boolean continues;
  private boolean chunked;
  private long bodyLength;
  private int status;
  private String complaint = "";

  /** Begins a new head. */
  void reset() {
    hasLength = false;
    hasEncoding = false;
    hasHost = false;
    continues = false;
    chunked = false;
    bodyLength = 0;
    status = 0;
    complaint = "";
  }

  /**
   * Takes a field.
   *
   * @param before the fields before it
   * @return what is wrong with it; empty for nothing
   */
  String field(FieldNames.Name name, String value, Headers before) {
    if (name.isUnique()) {
      int first = before.indexOf(name.text(), 0);
      if (first >= 0) {
        return duplicate(name, value, before, first);
      }
    }
    switch (name.meaning()) {
      case HOST -> hasHost = true;
      case CONTENT_LENGTH -> {
        hasLength = true;
        length = value;
      }
      case TRANSFER_ENCODING -> {
        hasEncoding = true;
        encoding = value;
      }
      case EXPECT -> continues = value.equalsIgnoreCase("100-continue");
      case OTHER -> {}
    }
    return "";
  }

  /** Checks the whole. */
  void end(int version, String method) {
    if (!hasHost && version > 10) {
      refuse(400, "client sent HTTP/1.1 request without \"Host\" header");
    } else if (hasLength && !readLength()) {
      refuse(400, "client sent invalid \"Content-Length\" header");
    } else if (hasEncoding && version < 11) {
      refuse(400, "client sent HTTP/1.0 request with \"Transfer-Encoding\" header");
    } else if (hasEncoding && !encoding.equalsIgnoreCase("chunked")) {
      refuse(501, "client sent unknown \"Transfer-Encoding\": \"" + encoding + "\"");
    } else if (hasEncoding && hasLength) {
      refuse(
          400, "client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
    } else if (method.equals("CONNECT") || method.equals("TRACE")) {
      refuse(405, "client sent " + method + " method");
    }
    chunked = hasEncoding;
    continues &= version > 10;
  }

  /** 0, or the status to answer with. */
  int status() {
    return status;
  }

  /** Why the status is not 0. */
  String complaint() {
    return complaint;
  }

  /** Whether the client waits for {@code 100 Continue}. */
  boolean isWaitingToContinue() {
    return continues;
  }

  /** The length of the body; -1 if it comes in chunks. */
  long bodyLength() {
    return chunked ? -1 : bodyLength;
  }

  /** The method, without making text of the usual ones. */
  static String method(byte[] bytes, int end) {
    for (String known : METHODS) {
      if (known.length() == end && known.charAt(0) == bytes[0] && isSame(known, bytes)) {
        return known;
      }
    }
    return Latin1.text(bytes, 0, end);
  }

  /** Whether an absolute URI's host is one, whose bytes are known to be right. */
  static boolean isHost(String host) {
    return !host.isEmpty() && !host.equals(".") && !host.contains("..");
  }

  private static boolean isSame(String text, byte[] bytes) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static String duplicate(FieldNames.Name name, String value, Headers before, int first) {
    String kind =
        name.meaning() == FieldNames.Meaning.HOST
            ? "client sent duplicate host header: \""
            : "client sent duplicate header line: \"";
    return kind
        + name.text()
        + ": "
        + value
        + "\", previous value: \""
        + before.name(first)
        + ": "
        + before.value(first)
        + "\"";
  }

  private boolean readLength() {
    long read = 0;
    for (int i = 0; i < length.length(); i++) {
      int digit = length.charAt(i) - '0';
      if (digit < 0 || digit > 9 || read > (Long.MAX_VALUE - digit) / 10) {
        return false;
      }
      read = read * 10 + digit;
    }
    bodyLength = read;
    return !length.isEmpty();
  }

  private void refuse(int why, String reason) {
    status = why;
    complaint = reason;
  }
}
