// A broadcast server in Node without libraries: each text frame goes to all clients, its sender included. Texts of up to
// 64 KiB; no fragments. Its argument is a port: node server.mjs 9004
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const open = new Set();

createServer().on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`);
  open.add(socket.setNoDelay().on('close', () => open.delete(socket)).on('error', () => socket.destroy()));
  let read = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    read = Buffer.concat([read, bytes]);
    while (read.length >= 6) {
      const long = (read[1] & 0x7f) === 126;
      const mask = long ? 4 : 2;
      const end = mask + 4 + (long ? read.readUInt16BE(2) : read[1] & 0x7f);
      if (read.length < end) break;
      const text = read.subarray(mask + 4, end).map((byte, i) => byte ^ read[mask + (i & 3)]);
      const frame = Buffer.concat([Buffer.of(read[0]), long ? Buffer.of(126, read[2], read[3]) : Buffer.of(text.length), text]);
      if ((read[0] & 0xf) === 1) open.forEach((member) => member.write(frame));
      if ((read[0] & 0xf) === 8 && open.delete(socket)) socket.end(frame);
      read = read.subarray(end);
    }
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
