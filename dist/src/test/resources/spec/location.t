=== an exact location wins over everything
--- config
location = /a { return 200 "exact"; }
location ^~ /a { return 200 "prefix"; }
location ~ a { return 200 "regex"; }
--- request
GET /a
--- response_body chop
exact
=== a location with ^~ keeps regular expressions out
--- config
location ^~ /a { return 200 "prefix"; }
location ~ a { return 200 "regex"; }
--- request
GET /ab
--- response_body chop
prefix
=== a regular expression wins over a longer plain prefix
--- config
location /abc { return 200 "prefix"; }
location ~ ^/ab { return 200 "regex"; }
--- request
GET /abcd
--- response_body chop
regex
=== the first matching regular expression wins
--- config
location ~ b { return 200 "first"; }
location ~ ^/ab { return 200 "second"; }
--- request
GET /ab
--- response_body chop
first
=== ~* ignores case
--- config
location ~* ^/AB$ { return 200 "found"; }
--- request
GET /aB
--- response_body chop
found
=== the longest prefix wins
--- config
location /a { return 200 "short"; }
location /a/b { return 200 "long"; }
--- request
GET /a/bc
--- response_body chop
long
=== a nested location is found inside its outer one
--- config
location /a/ {
  location /a/b { return 200 "inner"; }
  return 200 "outer";
}
--- request
GET /a/b
--- response_body chop
inner
=== captures of a location are $1 and named variables
--- config
location ~ ^/(\w+)/(?<rest>.*)$ { return 200 "$1 $rest"; }
--- request
GET /user/a%20b
--- response_body chop
user a b
=== the path is decoded and normalised before the choice
--- config
location = /a/b { return 200 "$uri $request_uri"; }
--- request
GET /x/../a//./%62
--- response_body chop
/a/b /x/../a//./%62
=== a path above the root is refused
--- config
location /t { return 200 "no"; }
--- request
GET /../etc/passwd
--- error_code: 400
=== a named location is not reached from outside
--- config
location @x { return 200 "no"; }
--- request
GET /@x
--- error_code: 404
=== an internal location is not reached from outside
--- config
location /in { internal; return 200 "no"; }
--- request
GET /in
--- error_code: 404
