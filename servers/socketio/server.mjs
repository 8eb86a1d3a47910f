// Rooms of Socket.IO: "join" is acknowledged, and "say" goes to all members of a room but its sender. Its argument is a port.
// The page "Performance tuning" recommends bufferutil, which is among the dependencies, and to let the first request go.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, transports: ['websocket'] });

io.engine.on('connection', (connection) => {
  connection.request = null;
});

io.on('connection', (socket) => {
  socket.on('join', (room, joined) => {
    socket.join(room);
    joined(room);
  });
  socket.on('say', (room, text) => socket.to(room).emit('say', text));
});

http.listen(Number(process.argv[2]), '127.0.0.1');
