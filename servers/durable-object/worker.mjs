// A chat in one Durable Object that speaks fanbench's protocol: names, rooms, texts to the other members, and requests.
import { DurableObject } from 'cloudflare:workers';

const NEWCOMER = { name: 'anonymous', room: 'general' };

export class Chat extends DurableObject {
  rooms = new Map();

  // After hibernation the object is built anew, and finds its sockets with what was attached to them.
  constructor(state, env) {
    super(state, env);
    for (const socket of state.getWebSockets()) this.enter(socket, socket.deserializeAttachment());
  }

  async fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    this.enter(server, NEWCOMER);
    return new Response(null, { status: 101, webSocket: client });
  }

  enter(socket, member) {
    this.members(socket)?.delete(socket);
    socket.member = member;
    socket.serializeAttachment(member);
    if (!this.rooms.has(member.room)) this.rooms.set(member.room, new Set());
    this.members(socket).add(socket);
  }

  members(socket) {
    return this.rooms.get(socket.member?.room);
  }

  webSocketMessage(socket, text) {
    const [, command, value] = /^\/(name|channel)\s+#*(.*?)#*$/.exec(text) ?? [];
    if (command === 'name') {
      this.enter(socket, { ...socket.member, name: value.trim() });
      socket.send(`Set username to ${value.trim()}`);
    } else if (command === 'channel') {
      this.enter(socket, { ...socket.member, room: value.trim() });
      socket.send(`Changed to #${value.trim()}`);
    } else if (text.startsWith('{"action":"rpc"')) {
      const { id, body } = JSON.parse(text);
      socket.send(JSON.stringify({ id, body }));
    } else {
      const line = `#${socket.member.room} ${socket.member.name}: ${text}`;
      for (const member of this.members(socket)) if (member !== socket) member.send(line);
    }
  }

  webSocketClose(socket) {
    this.members(socket)?.delete(socket);
  }

  webSocketError(socket) {
    this.members(socket)?.delete(socket);
  }
}

export default {
  fetch: (request, env) =>
    request.headers.get('Upgrade') === 'websocket'
      ? env.CHAT.get(env.CHAT.idFromName('chat')).fetch(request)
      : new Response('a WebSocket is expected', { status: 426 }),
};
