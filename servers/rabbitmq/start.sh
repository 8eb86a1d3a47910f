#!/bin/sh
# Starts RabbitMQ with STOMP over WebSocket on the port of its argument, in a folder of its own that is removed at the end. All
# else keeps its default. No other protocol listens. Erlang's own port is one that connections of this machine do not take.
folder=$(mktemp -d)
# Erlang's register of names ends with the last node of this machine.
trap 'epmd -kill >/dev/null 2>&1; rm -rf "$folder"' EXIT
trap 'kill "$rabbitmq"' TERM INT
cat >"$folder/rabbitmq.conf" <<END
listeners.tcp = none
stomp.listeners.tcp = none
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = $1
END
echo '[rabbitmq_web_stomp].' >"$folder/enabled_plugins"
export HOME="$folder" ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP="$folder/erl_crash.dump"
export RABBITMQ_NODENAME="fanbench-$1@localhost" RABBITMQ_DIST_PORT=$((20000 + $1 % 10000))
export RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins"
export RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOGS=- RABBITMQ_PID_FILE="$folder/pid"
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
# As below systemd: the script gives way to the server, which ends in order when it is told to.
export RUNNING_UNDER_SYSTEMD=yes
/usr/lib/rabbitmq/bin/rabbitmq-server &
rabbitmq=$!
# The first wait ends by a signal, the second one when the server has left.
wait "$rabbitmq"
wait "$rabbitmq"
