package moonphase.kernel.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.ConfException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfLexerTest {
  /** The statements of a text, each with what ended it. */
  private static List<String> read(String text) {
    ConfLexer lexer = new ConfLexer("/c", text);
    List<String> statements = new ArrayList<>();
    ConfLexer.End end;
    while ((end = lexer.next()) != ConfLexer.End.TEXT) {
      statements.add(String.join("|", lexer.words()) + end);
    }
    return statements;
  }

  @Test
  void words_are_divided_by_spaces_tabs_and_lines() {
    assertEquals(List.of("a|b|c|dSEMICOLON"), read("a b\tc\r\nd;"));
  }

  @Test
  void braces_and_semicolons_end_statements() {
    assertEquals(List.of("aOPEN", "b|cSEMICOLON", "CLOSE", "dSEMICOLON"), read("a{b c;}d;"));
  }

  @Test
  void comments_reach_to_the_end_of_the_line_but_not_within_words() {
    assertEquals(List.of("a|b#cSEMICOLON"), read("# x; {\na b#c #d;\n; # e"));
  }

  @Test
  void quotes_hold_spaces_semicolons_and_the_other_quotes() {
    assertEquals(List.of("a|b;{ 'c|d\"} #SEMICOLON"), read("a \"b;{ 'c\" 'd\"} #';"));
  }

  @Test
  void quotes_within_a_word_are_chars_of_it() {
    assertEquals(List.of("a\"b\"|c'SEMICOLON"), read("a\"b\" c';"));
  }

  @Test
  void empty_quotes_are_an_empty_word() {
    assertEquals(List.of("a||bSEMICOLON"), read("a '' b;"));
  }

  @Test
  void backslash_takes_the_meaning_of_quotes_and_itself_and_leaves_other_chars() {
    assertEquals(List.of("a|\"b'\\|\\d\\$|\\.SEMICOLON"), read("a \"\\\"b\\'\\\\\" \\d\\$ \\.;"));
  }

  @Test
  void backslash_makes_controls() {
    assertEquals(List.of("a|\t\r\nSEMICOLON"), read("a '\\t\\r\\n';"));
  }

  @Test
  void escaped_space_belongs_to_the_word_with_its_backslash() {
    assertEquals(List.of("a|b\\ cSEMICOLON"), read("a b\\ c;"));
  }

  @Test
  void brace_after_dollar_opens_no_block() {
    assertEquals(List.of("a|${b}c|d${e}SEMICOLON"), read("a ${b}c \"d${e}\";"));
  }

  @Test
  void closing_brace_within_a_word_is_a_char_of_it() {
    assertEquals(List.of("a|b}SEMICOLON"), read("a b};"));
  }

  @Test
  void bracket_after_a_quote_is_a_word_of_its_own() {
    assertEquals(List.of("if|($a|=|b|)OPEN"), read("if ($a = \"b\"){"));
  }

  @Test
  void lines_are_those_of_the_first_word_and_of_the_end() {
    ConfLexer lexer = new ConfLexer("/c", "\n\na 'b\nc\nd'\n;e;");
    lexer.next();
    assertEquals(3, lexer.firstLine());
    assertEquals(6, lexer.line());
    lexer.next();
    assertEquals(6, lexer.firstLine());
  }

  @Test
  void word_of_4096_chars_is_not_too_long() {
    String word = "x".repeat(4095);
    assertEquals(List.of("a|" + word + "SEMICOLON"), read("a '" + word + "';"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a        | unexpected end of parameter, expecting \";\" in command line",
        "a 'b     | unexpected end of parameter, expecting \";\" in command line",
        ";        | unexpected \";\" in command line",
        "a \"b\"c;| unexpected \"c\" in command line"
      })
  void error_on_the_command_line_says_so(String text, String message) {
    ConfLexer lexer = new ConfLexer("", text);
    assertEquals(message, assertThrows(ConfException.class, lexer::next).getMessage());
  }
}
