# What compose.yaml makes of waymark.conf, from standard input to standard output: other names, and the site elsewhere.
# The site's container gets another address whenever it is made anew, so nginx (from 1.27.3) asks for it again.
set -eu
names=$(printf %s "$ALLOWED_HOSTS" | tr -s ', ' '  ' | sed 's/^ //; s/ $//')
exec sed \
    -e "s#https://guide.example#https://${names%% *}#" \
    -e "s/server_name guide.example/server_name $names/" \
    -e 's/^upstream waymark {/&\n    zone waymark 64k;\n    resolver 127.0.0.11 valid=5s;/' \
    -e 's/^    server 127.0.0.1:8000 .*;/    server site:8000 max_fails=3 fail_timeout=5s resolve;/'
