package moonphase.http.autoindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with what nginx 1.22.1 wrote of a folder of such files. */
class ListingsTest {
  private static final long TIME = 1_667_724_577; // Sun, 06 Nov 2022 08:49:37 GMT
  private static final List<Entry> ENTRIES =
      List.of(
          directory("a&b"),
          directory("d".repeat(49)),
          directory("e".repeat(50)),
          directory("sub"),
          file("a b+c%d", 0),
          file("big<&>\".bin", 20_000),
          new Entry("dangling", Entry.Kind.OTHER, TIME, 7),
          new Entry("fifo", Entry.Kind.OTHER, TIME, 0),
          file("link", 6),
          file("l".repeat(60) + ".txt", 0),
          file("m.bin", 3_000_000),
          file("n".repeat(50), 0),
          file("q&".repeat(30) + ".txt", 0),
          file("x.txt", 6),
          file(latin1("ümläut €.txt"), 3));

  private static Entry directory(String name) {
    return new Entry(name, Entry.Kind.DIRECTORY, TIME, 4096);
  }

  private static Entry file(String name, long size) {
    return new Entry(name, Entry.Kind.FILE, TIME, size);
  }

  /** The bytes of a name as chars. */
  private static String latin1(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String nginx(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(ListingsTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void page_is_that_of_nginx() throws IOException {
    assertEquals(
        nginx("listing.html"), new HtmlListing(true, ZoneOffset.UTC).write("/h/", ENTRIES));
  }

  @Test
  void page_with_rounded_sizes_is_that_of_nginx() throws IOException {
    assertEquals(
        nginx("rounded.html"), new HtmlListing(false, ZoneOffset.UTC).write("/r/", ENTRIES));
  }

  @Test
  void sizes_are_rounded_as_by_nginx() {
    List<Entry> sizes =
        List.of(
            file("a", 9_999),
            file("b", 10_000),
            file("c", 1_048_575),
            file("d", 1_048_576),
            file("e", 1_572_863),
            file("f", 1_572_864),
            file("g", 1_073_741_823),
            file("h", 1_073_741_824),
            file("i", 5_000_000_000_000L));
    List<String> written =
        new HtmlListing(false, ZoneOffset.UTC)
            .write("/", sizes)
            .lines()
            .filter(line -> line.contains("08:49"))
            .map(line -> line.substring(line.indexOf("08:49") + 5))
            .toList();
    assertEquals(
        List.of(
            "    9999",
            "     10K",
            "   1024K",
            "      1M",
            "      1M",
            "      2M",
            "   1024M",
            "      1G",
            "   4657G"),
        written);
  }

  @Test
  void lists_for_programs_are_those_of_nginx() throws IOException {
    assertEquals(nginx("listing.json"), Listings.json(ENTRIES));
    assertEquals(nginx("listing.xml"), Listings.xml(ENTRIES));
    assertEquals("[\r\n]", Listings.json(List.of()));
  }
}
