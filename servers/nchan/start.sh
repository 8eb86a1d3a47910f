#!/bin/sh
# Starts nginx with Nchan on the port of its argument, in a folder of its own that is removed at the end.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'kill "$nginx"' TERM INT
sed -e "s|PORT|$1|g" -e "s|FOLDER|$folder|g" nginx.conf >"$folder/nginx.conf"
nginx -p "$folder" -c "$folder/nginx.conf" &
nginx=$!
# The first wait ends by a signal, the second one when nginx has left.
wait "$nginx"
wait "$nginx"
