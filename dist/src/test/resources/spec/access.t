=== deny answers 403 with a line in the log
--- config
location /t { deny all; echo no; }
--- request
GET /t
--- error_code: 403
--- error_log
access forbidden by rule
=== an address is allowed before all are denied
--- config
location /t { allow 127.0.0.1; deny all; echo yes; }
--- request
GET /t
--- response_body
yes
=== a deny behind the location still reaches it
--- config
location /t { echo no; }
deny all;
--- request
GET /t
--- error_code: 403
--- error_log
access forbidden by rule
=== return comes before access control
--- config
location /t { deny all; return 200 "yes"; }
--- request
GET /t
--- response_body chop
yes
=== a subrequest skips access control
--- config
location /t { echo_location /sub; }
location /sub { deny all; echo sub; }
--- request
GET /t
--- response_body
sub
=== satisfy any needs one that agrees
--- config
location /t { satisfy any; allow 127.0.0.1; deny all; auth_basic "x"; auth_basic_user_file none; echo yes; }
--- request
GET /t
--- response_body
yes
=== satisfy all needs every one
--- config
location /t { satisfy all; allow 127.0.0.1; deny all; auth_basic "x"; auth_basic_user_file none; echo no; }
--- request
GET /t
--- error_code: 401
--- response_headers
WWW-Authenticate: Basic realm="x"
=== satisfy any refuses when all refuse, and 401 wins over 403
--- config
location /t { satisfy any; deny all; auth_basic "x"; auth_basic_user_file none; echo no; }
--- request
GET /t
--- error_code: 401
--- error_log
=== a missing user file is a 403 to whoever gives a password
--- config
location /t { auth_basic "x"; auth_basic_user_file $TEST_NGINX_SERVER_ROOT/none; echo no; }
--- request
GET /t
--- more_headers
Authorization: Basic YTpi
--- error_code: 403
--- error_log
failed (2: No such file or directory)
