package moonphase.kernel;

import java.nio.charset.StandardCharsets;
import moonphase.kernel.conf.CoreConf;
import moonphase.kernel.conf.ErrorPage;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a status alone: by its {@code error_page}, or by the built-in page. Worker thread
 * only, stateless.
 *
 * <p>Source: ngx_http_special_response_handler.
 */
final class SpecialResponses {
  private SpecialResponses() {}

  /**
   * Answers.
   *
   * @param status from 300 on, 201 or 204; the header is not sent yet
   * @return OK when the response is complete, or what is to be done instead
   */
  static Verdict answer(KernelExchange exchange, int status) {
    KernelResponse response = exchange.response();
    response.impose(status);
    if (endsConnection(status)) {
      exchange.wire().endConnection();
    }
    response.headers().remove("Content-Type");
    CoreConf core = exchange.core();
    ErrorPage page = exchange.isErrorPage() ? null : core.errorPage(status);
    if (page != null && exchange.mayChangeUri()) {
      if (!core.isRecursiveErrorPages()) {
        exchange.errorPage(true);
      }
      return follow(exchange, page);
    }
    return builtIn(exchange, status);
  }

  private static boolean endsConnection(int status) {
    return switch (status) {
      case 400, 413, 414, 494, 495, 496, 497, 500, 501 -> true;
      default -> false;
    };
  }

  /** Source: ngx_http_send_error_page. */
  private static Verdict follow(KernelExchange exchange, ErrorPage page) {
    KernelResponse response = exchange.response();
    if (page.overwrite() >= 0) {
      response.impose(page.overwrite());
    }
    String target = page.uri().evaluate(exchange);
    if (target.startsWith("/")) {
      String args = page.args();
      if (!page.uri().isConstant()) {
        int question = target.indexOf('?');
        args = question < 0 ? "" : target.substring(question + 1);
        target = question < 0 ? target : target.substring(0, question);
      }
      if (!exchange.request().method().equals("HEAD")) {
        exchange.request().method("GET");
      }
      return Verdict.redirect(target, args);
    }
    if (target.startsWith("@")) {
      return Verdict.named(target);
    }
    int status = response.status();
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
      response.impose(302);
    }
    response.headers().set("Location", target);
    return builtIn(exchange, response.status());
  }

  private static Verdict builtIn(KernelExchange exchange, int status) {
    KernelResponse response = exchange.response();
    CoreConf core = exchange.core();
    if (status >= 494 && status <= 497) {
      response.impose(400);
    }
    byte @Nullable [] page = SpecialPages.of(status, core.isServerTokens());
    if (core.isMsieRefresh() && (status == 301 || status == 302) && isMsie(exchange)) {
      page = refresh(response);
    } else if (page != null && status >= 400 && core.isMsiePadding() && needsPadding(exchange)) {
      page = SpecialPages.padded(page);
    }
    Headers headers = response.headers();
    if (page != null) {
      headers.set("Content-Type", "text/html");
    }
    headers.set("Content-Length", Integer.toString(page == null ? 0 : page.length));
    headers.remove("Accept-Ranges");
    headers.remove("Last-Modified");
    headers.remove("ETag");
    Verdict verdict = response.sendHeader();
    if (verdict != Verdict.OK) {
      return verdict;
    }
    return response.send(page == null ? Chunk.LAST : Chunk.of(page).with(false, true));
  }

  /** Source: ngx_http_send_refresh. */
  private static byte[] refresh(KernelResponse response) {
    String location = String.valueOf(response.headers().get("Location"));
    response.headers().remove("Location");
    response.impose(200);
    return ("<html><head><meta http-equiv=\"Refresh\" content=\"0; URL="
            + UriPath.escape(location)
            + "\"></head><body></body></html>\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isMsie(KernelExchange exchange) {
    String agent = exchange.request().headers().get("User-Agent");
    return agent != null && agent.contains("MSIE ");
  }

  private static boolean needsPadding(KernelExchange exchange) {
    String agent = exchange.request().headers().get("User-Agent");
    return agent != null
        && exchange.request().head().version() >= 10
        && (agent.contains("MSIE ") || agent.contains("Chrome/"));
  }
}
