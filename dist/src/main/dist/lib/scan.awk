# Finds `pid` and `daemon` at the main level of a configuration, without a JVM.
#
#   GLOBALS='directives of -g' CONF=FILE awk -f scan.awk
#
# Prints the last value of each as an assignment for sh. Follows `include` at the main level, globs
# too. Errors of the file are not told here: the server tells them.

BEGIN {
  feed(ENVIRON["GLOBALS"] " ;")
  folder = ENVIRON["CONF"]
  sub(/[^\/]*$/, "", folder)
  read(ENVIRON["CONF"])
  for (name in found) {
    gsub(/'/, "'\\''", found[name])
    printf "%s='%s'\n", name, found[name]
  }
}

function read(path,   line) {
  while ((getline line < path) > 0) feed(line "\n")
  close(path)
}

# What the shell expands in an include is `*`, `?` and `[...]`, nothing else.
function include(pattern,   command, path, list, i, n) {
  if (pattern !~ /^\//) pattern = folder pattern
  gsub(/[^A-Za-z0-9_.\/*?\[\]-]/, "\\\\&", pattern)
  command = "printf '%s\\n' " pattern
  while ((command | getline path) > 0) list[++n] = path
  close(command)
  for (i = 1; i <= n; i++) read(list[i])
}

# Reads on where the text before stopped, which may be inside a quote or inside Lua.
function feed(text,   c) {
  while (text != "") {
    if (lua) { text = skip_lua(text); continue }
    if (quote) { text = read_quote(text); continue }
    c = substr(text, 1, 1)
    if (!inside && match(text, /^[ \t\r\n]+/)) { text = rest(text); continue }
    if (!inside && c == "#") {
      if (!match(text, /^[^\n]*\n?/)) return
      text = rest(text)
    } else if (!inside && c == "}") {
      if (depth > 0) depth--
      count = 0
      text = substr(text, 2)
    } else if (!inside && (c == "\"" || c == "'")) {
      quote = c
      text = substr(text, 2)
    } else if (match(text, /^\$\{/) || match(text, /^\\./) || match(text, /^[^ \t\r\n;{\\$]+/)) {
      token = token substr(text, 1, RLENGTH)
      inside = 1
      text = rest(text)
    } else {
      text = substr(text, 2)
      if (c == ";") { end_word(); directive() }
      else if (c == "{") { end_word(); begin_block() }
      else if (c ~ /[ \t\r\n]/) end_word()
      else { token = token c; inside = 1 }
    }
  }
}

function rest(text) { return substr(text, RLENGTH + 1) }

function end_word() {
  if (inside) word[++count] = token
  token = ""
  inside = 0
}

function directive(   words) {
  words = count
  count = 0
  if (depth > 0 || words != 2) return
  if (word[1] == "pid" || word[1] == "daemon") found[word[1]] = word[2]
  else if (word[1] == "include") include(word[2])
}

function begin_block() {
  if (count > 0 && word[1] ~ /_by_lua_block$/) { lua = "code"; braces = 1 }
  depth++
  count = 0
}

# A quoted word: only a backslash hides its end. Returns what follows.
function read_quote(text,   c) {
  while (text != "") {
    c = substr(text, 1, 1)
    text = substr(text, 2)
    if (c == "\\") { token = token substr(text, 1, 1); text = substr(text, 2) }
    else if (c == quote) { quote = ""; inside = 1; end_word(); return text }
    else token = token c
  }
  return ""
}

# Lua up to the brace that ends its block: `lua` is "code", or what ends the string, the long
# bracket or the comment being read. Returns what follows.
function skip_lua(text,   c, at) {
  while (text != "") {
    if (lua == "code") {
      if (!match(text, /[{}"'\[]|--/)) return ""
      c = substr(text, RSTART, RLENGTH)
      text = substr(text, RSTART)
      if (match(text, /^(--)?\[=*\[/)) {
        lua = substr(text, 1, RLENGTH)
        sub(/^--/, "", lua)
        gsub(/\[/, "]", lua)
        text = rest(text)
      } else if (c == "--") { lua = "\n"; text = substr(text, 3) }
      else {
        text = substr(text, 2)
        if (c == "{") braces++
        else if (c == "}" && --braces == 0) { lua = ""; if (depth > 0) depth--; return text }
        else if (c == "\"" || c == "'") lua = c
      }
    } else if (lua == "\"" || lua == "'") {
      if (!match(text, /[\\"'\n]/)) return ""
      c = substr(text, RSTART, 1)
      text = substr(text, RSTART + (c == "\\" ? 2 : 1))
      if (c == lua || c == "\n") lua = "code"
    } else {
      at = index(text, lua)
      if (!at) return ""
      text = substr(text, at + length(lua))
      lua = "code"
    }
  }
  return ""
}
