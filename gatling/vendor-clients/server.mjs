// A WebSocket server that follows a script in scripts/. ScriptedServer.java is the same for tests without Node.
import http from 'node:http';
import fs from 'node:fs';
import { WebSocketServer } from 'ws';

const unescaped = text => text.replaceAll('\\x1e', '\x1e');

/** Reads a script: one instruction a line. */
export function readScript(name) {
  const script = { environment: {}, subprotocol: '', ids: [], fieldsOnly: false, keepAlive: /$^/, greet: [], rules: [] };
  const lines = fs.readFileSync(new URL(`scripts/${name}.txt`, import.meta.url), 'utf8').split('\n');
  for (const line of lines.filter(each => each && !each.startsWith('#'))) {
    const [word] = line.split(' ', 1);
    const rest = line.slice(word.length + 1);
    const rule = script.rules.at(-1);
    if (word === 'environment') script.environment[rest.split(' ')[0]] = rest.split(' ')[1];
    else if (word === 'subprotocol') script.subprotocol = rest;
    else if (word === 'fieldsOnly') script.fieldsOnly = true;
    else if (word === 'id') script.ids.push(new RegExp(rest));
    else if (word === 'keepAlive') script.keepAlive = new RegExp(rest);
    else if (word === 'greet') script.greet.push(unescaped(rest));
    else if (word === 'on') script.rules.push({ on: new RegExp(rest, 's'), actions: [] });
    else if (['join', 'answer', 'others', 'all'].includes(word)) rule.actions.push([word, rest]);
    else throw new Error(`${name}: ${word} is not allowed`);
  }
  return script;
}

/** Starts a server; `connections` has the handshake and the frames of each client. */
export function start(script) {
  const connections = [];
  const requests = [];
  const members = new Map();

  function follow(frame, sender, answer) {
    for (const rule of script.rules) {
      const found = rule.on.exec(frame);
      if (found) {
        const filled = text => unescaped(text).replace(/\$(\d)/g, (all, n) => found[n]);
        for (const [word, rest] of rule.actions) {
          if (word === 'answer') {
            answer(filled(rest));
          } else if (word === 'join') {
            const [room, tag] = filled(rest).split(' ');
            members.set(room, [...(members.get(room) ?? []), { socket: sender, tag }]);
          } else {
            const at = rest.indexOf(' ');
            for (const { socket, tag } of members.get(filled(rest.slice(0, at))) ?? []) {
              if (word === 'all' || socket !== sender) socket.send(filled(rest.slice(at + 1).replace('$tag', tag)));
            }
          }
        }
        return;
      }
    }
  }

  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      const frame = `${request.method} ${request.url} ${body}`;
      requests.push(frame);
      follow(frame, null, answer => response.setHeader('content-type', 'application/json').end(answer));
    });
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => script.subprotocol || false });
  sockets.on('connection', (socket, request) => {
    const connection = { url: request.url, offered: request.headers['sec-websocket-protocol'] ?? '', frames: [] };
    connections.push(connection);
    socket.on('message', (data, binary) => {
      connection.frames.push([binary ? 'binary' : 'text', data.toString()]);
      follow(data.toString(), socket, frame => socket.send(frame));
    });
    script.greet.forEach(frame => socket.send(frame));
  });
  return new Promise(done => {
    server.listen(0, '127.0.0.1', () => {
      const port = server.address().port;
      done({ port, connections, requests, stop: () => { sockets.clients.forEach(c => c.terminate()); server.close(); } });
    });
  });
}
