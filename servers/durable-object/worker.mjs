// A chat in one Durable Object that speaks fanbench's protocol: names, rooms, texts to the other members, requests, broadcasts.
// It has no history, no EDN and no publish envelopes. All its connections are at the path /dev.
import { DurableObject } from 'cloudflare:workers';

const STAGE = '/dev';
const NEWCOMER = { name: 'anonymous', room: 'general' };
const HELP = 'Valid commands: /help, /name [NAME], /channel [CHAN_NAME]';
const LONGEST_NAME = 64;
const LONGEST_MESSAGE = 128 * 1024;
// Rooms without members that are remembered for fetchChannels, at most.
const EMPTY_ROOMS = 1000;
const REQUEST = 1;
const ANSWER = 0;

const newId = () => crypto.randomUUID().replaceAll('-', '').slice(0, 15) + '=';
const isText = (value) => typeof value === 'string';
// A socket stays with the object until its client answers a Close, and a send to it throws.
const isOpen = (socket) => socket.readyState === WebSocket.READY_STATE_OPEN;
const utf8 = new TextEncoder();

// A character of UTF-16 has 3 bytes at most, so that short texts need not be encoded.
function isTooLong(message) {
  if (!isText(message)) return message.byteLength > LONGEST_MESSAGE;
  return message.length * 3 > LONGEST_MESSAGE && utf8.encode(message).length > LONGEST_MESSAGE;
}

// A pattern would read a row of blanks once for each of them.
function withoutMarks(text) {
  let [start, end] = [0, text.length];
  while (start < end && /[#\s]/.test(text[start])) start++;
  while (end > start && /[#\s]/.test(text[end - 1])) end--;
  return text.slice(start, end);
}

export class Chat extends DurableObject {
  rooms = new Map([[NEWCOMER.room, new Set()]]);

  // After hibernation the object is built anew, and finds its sockets with what was attached to them.
  constructor(state, env) {
    super(state, env);
    for (const socket of state.getWebSockets()) if (isOpen(socket)) this.enter(socket, socket.deserializeAttachment());
  }

  async fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    this.enter(server, { ...NEWCOMER, id: newId() });
    return new Response(null, { status: 101, webSocket: client });
  }

  enter(socket, member) {
    this.leave(socket);
    socket.member = member;
    socket.serializeAttachment(member);
    if (!this.rooms.has(member.room)) this.rooms.set(member.room, new Set());
    this.members(socket).add(socket);
  }

  members(socket) {
    return this.rooms.get(socket.member?.room);
  }

  leave(socket) {
    const members = this.members(socket);
    members?.delete(socket);
    if (members?.size === 0 && this.rooms.size > EMPTY_ROOMS) this.rooms.delete(socket.member.room);
    socket.member = undefined;
  }

  webSocketMessage(socket, message) {
    if (!socket.member) return;
    if (isTooLong(message)) {
      this.leave(socket);
      return socket.close(1009, 'too long');
    }
    if (!isText(message)) return this.answer(socket, new Uint8Array(message));
    if (message.startsWith('/')) return this.follow(socket, message);
    if (/^\s*\{/.test(message) && this.act(socket, message)) return;
    if (message.trim() === '') return;
    const line = `#${socket.member.room} ${socket.member.name}: ${message}`;
    for (const member of this.members(socket)) if (member !== socket && isOpen(member)) member.send(line);
  }

  // A binary request comes back to its sender under its number.
  answer(socket, bytes) {
    if (bytes[0] !== REQUEST || bytes.length < 9) return;
    bytes[0] = ANSWER;
    socket.send(bytes);
  }

  follow(socket, text) {
    const [, command, rest] = /^\/(name|channel)\s(.*)$/s.exec(text) ?? [];
    const value = command === 'channel' ? withoutMarks(rest) : rest?.trim();
    if (!value || [...value].length > LONGEST_NAME) return socket.send(HELP);
    if (command === 'name') {
      this.enter(socket, { ...socket.member, name: value });
      socket.send(`Set username to ${value}`);
    } else {
      this.enter(socket, { ...socket.member, room: value });
      socket.send(`Changed to #${value}`);
    }
  }

  // Whether the text was an object with an action that is known.
  act(socket, text) {
    let request;
    try {
      request = JSON.parse(text);
    } catch {
      return false;
    }
    const { action, id, body, data, message } = request;
    if (action === 'rpc' && isText(id) && isText(body)) {
      socket.send(JSON.stringify({ id, body }));
    } else if (action === 'command' && data === 'fetchChannels') {
      const names = [...this.rooms.keys()].sort().map((name) => JSON.stringify(name));
      socket.send(`{"channelsList": [${names.join(', ')}]}`);
    } else if (action === 'broadcast' && isText(message)) {
      const sent = JSON.stringify({ message, sender: socket.member.id });
      for (const each of this.ctx.getWebSockets()) if (isOpen(each)) each.send(sent);
    } else if (['rpc', 'command', 'broadcast'].includes(action)) {
      const [connection, asked] = [socket.member.id, newId()];
      socket.send(`{"message": "Internal server error", "connectionId":"${connection}", "requestId":"${asked}"}`);
    } else {
      return false;
    }
    return true;
  }

  // The runtime leaves the answer to a Close to the object. 1005 stands for a Close without a code.
  webSocketClose(socket, code) {
    this.leave(socket);
    if (code === 1005) socket.close();
    else socket.close(code);
  }

  webSocketError(socket) {
    this.leave(socket);
  }
}

export default {
  fetch(request, env) {
    if (new URL(request.url).pathname !== STAGE) return Response.json({ message: 'Forbidden' }, { status: 403 });
    return request.headers.get('Upgrade')?.toLowerCase() === 'websocket'
      ? env.CHAT.get(env.CHAT.idFromName('chat')).fetch(request)
      : new Response('a WebSocket is expected', { status: 426 });
  },
};
