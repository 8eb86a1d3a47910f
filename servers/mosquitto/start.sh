#!/bin/sh
# Starts Mosquitto on the port of its argument. Its configuration is read from descriptor 3, so that no file is left behind.
# All else keeps its default. Since version 2 a listener asks for passwords unless told otherwise. In version 2.0.11 a listener
# for WebSockets heeds its address for IPv4 only, and does not start alone: plain MQTT has another address of loopback.
exec mosquitto -c /dev/fd/3 3<<END
allow_anonymous true
listener $1 127.0.0.1
socket_domain ipv4
protocol websockets
listener $1 127.0.0.2
protocol mqtt
END
