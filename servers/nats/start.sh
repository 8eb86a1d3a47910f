#!/bin/sh
# Starts NATS on the port of its argument. Its configuration is read from descriptor 3, so that no file is left behind.
# The port of clients without WebSocket is any that is free. All else keeps its default.
exec nats-server -c /dev/fd/3 3<<END
listen: "127.0.0.1:-1"
websocket { listen: "127.0.0.1:$1", no_tls: true }
END
