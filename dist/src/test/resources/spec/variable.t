=== families of variables are read from the request
--- config
location /t { echo "$arg_a|$arg_b|$http_x_y|$cookie_c|$is_args|$args"; }
--- request
GET /t?a=1&A=2&c
--- more_headers
X-Y: z
Cookie: b=1; c=2
--- response_body
1||z|2|?|a=1&A=2&c
=== response fields are variables
--- config
location /t { more_set_headers "X-A: b"; echo ok; echo_after_body "$sent_http_x_a $sent_http_content_type"; }
--- request
GET /t
--- response_body
ok
b text/plain
=== a variable set anywhere is known everywhere, empty where it was not set
--- config
location /a { set $x 1; echo no; }
location /t { echo "[$x]"; }
--- request
GET /t
--- response_body
[]
--- error_log
using uninitialized "x" variable
=== an unknown variable is refused
--- config
location /t { echo $nowhere; }
--- must_die
--- error_log
[emerg]
unknown "nowhere" variable
=== the core's variables tell about the request
--- config
location /t { echo "$request_method $scheme $host $server_port $server_name $server_protocol $request_filename $document_root"; }
--- request
GET /t
--- more_headers
Host: LocalHost:1984
--- response_body_like: ^GET http localhost 1984 localhost HTTP/1.1 .*/html/t .*/html$
=== args can be set
--- config
location /t { set $args "a=b"; echo "$args $arg_a"; }
--- request
GET /t?x=y
--- response_body
a=b b
=== if tests and sets
--- config
location /t {
  set $r "";
  if ($arg_a = b) { set $r "${r}1"; }
  if ($arg_a != b) { set $r "${r}2"; }
  if ($arg_a ~ ^(.)$) { set $r "${r}3$1"; }
  if ($arg_nothing) { set $r "${r}4"; }
  if ($request_method = GET) { set $r "${r}5"; }
  echo $r;
}
--- request
GET /t?a=b
--- response_body
13b5
=== the last if that is true gives the content
--- config
location /t { if ($arg_a) { echo one; } if ($arg_b) { echo two; } echo none; }
--- request
GET /t?a=1&b=1
--- response_body
two
