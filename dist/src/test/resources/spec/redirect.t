=== an error page replaces the body and keeps the status
--- config
error_page 404 /sorry;
location /t { return 404; }
location /sorry { internal; echo sorry; }
--- request
GET /t
--- error_code: 404
--- response_body
sorry
=== an error page may change the status
--- config
location /t { error_page 403 =200 /fine; return 403; }
location /fine { echo fine; }
--- request
GET /t
--- response_body
fine
=== an error page with a bare = takes the status of its answer
--- config
location /t { error_page 403 = /other; return 403; }
location /other { return 418 "pot"; }
--- request
GET /t
--- error_code: 418
--- response_body chop
pot
=== an error page may be a named location
--- config
location /t { error_page 502 @fallback; return 502; }
location @fallback { echo "$uri"; }
--- request
GET /t
--- error_code: 502
--- response_body
/t
=== an error page may be another server
--- config
location /t { error_page 404 http://example.com/x; return 404; }
--- request
GET /t
--- error_code: 302
--- response_headers
Location: http://example.com/x
=== an error in an error page is not sent to an error page again
--- config
error_page 404 /a;
error_page 403 /b;
location /t { return 404; }
location /a { return 403; }
location /b { echo no; }
--- request
GET /t
--- error_code: 403
--- response_body_like: 403 Forbidden
=== unless recursive_error_pages says so
--- config
recursive_error_pages on;
error_page 404 /a;
error_page 403 =200 /b;
location /t { return 404; }
location /a { return 403; }
location /b { echo twice; }
--- request
GET /t
--- response_body
twice
=== an error page's name has variables
--- config
location /t { set $n 4; error_page 404 /page$n; return 404; }
location /page4 { echo four; }
--- request
GET /t
--- error_code: 404
--- response_body
four
=== ten internal redirects are enough
--- config
location /t { echo_exec /t; }
--- request
GET /t
--- error_code: 500
--- error_log
rewrite or internal redirection cycle while internally redirecting to "/t"
=== a rewrite cycle ends too
--- config
location /t { rewrite ^ /t/x last; }
--- request
GET /t
--- error_code: 500
--- error_log
rewrite or internal redirection cycle while processing "/t/x"
=== an unknown named location is a 500
--- config
location /t { echo_exec @nowhere; }
--- request
GET /t
--- error_code: 500
--- error_log
could not find named location "@nowhere"
=== rewrite last chooses the location anew
--- config
location /t { rewrite ^/t/(.*)$ /new/$1 last; echo no; }
location /new { echo "$uri $args"; }
--- request
GET /t/a?b=c
--- response_body
/new/a b=c
=== rewrite break stays
--- config
location /t { rewrite ^/t/(.*)$ /new/$1 break; echo "stays $uri"; }
location /new { echo no; }
--- request
GET /t/a
--- response_body
stays /new/a
=== variables survive an internal redirect
--- config
location /t { set $a 1; echo_exec /u; }
location /u { echo "a=$a"; }
--- request
GET /t
--- response_body
a=1
=== status 444 closes without an answer
--- config
location /t { return 444; }
--- request
GET /t
--- error_code:
=== HEAD of an error page has no body
--- config
location /t { return 404; }
--- request
HEAD /t
--- error_code: 404
--- response_body:
=== the built-in page is nginx's
--- config
location /t { return 503; }
--- request
GET /t
--- error_code: 503
--- response_headers
Content-Type: text/html
--- response_body_like: \A<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>
