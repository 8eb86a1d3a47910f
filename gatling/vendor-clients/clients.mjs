// How each vendor's client connects, joins a room, publishes, and hears a publication or a refusal.
import { createRequire } from 'node:module';
import WebSocket from 'ws';

const require = createRequire(import.meta.url);
globalThis.WebSocket = WebSocket;

const event = (on, name) => new Promise(done => on(name, done));

function pusherClient(port, env) {
  const Pusher = require('pusher-js');
  const Server = require('pusher');
  const rest = new Server({
    appId: env.PUSHER_APP ?? '1', key: env.PUSHER_KEY, secret: env.PUSHER_SECRET, host: '127.0.0.1', port,
  });
  const client = new Pusher(env.PUSHER_KEY, {
    wsHost: '127.0.0.1', wsPort: port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true, activityTimeout: 200,
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, done) => done(null, rest.authorizeChannel(socketId, channelName)),
    },
  });
  return { client, rest };
}

async function pusherJoin(client, name) {
  const channel = client.subscribe(name);
  await Promise.race([
    event((...a) => channel.bind(...a), 'pusher:subscription_succeeded'),
    event((...a) => channel.bind(...a), 'pusher:subscription_error').then(e => { throw new Error(JSON.stringify(e)); }),
  ]);
  return channel;
}

/** By the name of the dialect: `packages` whose versions count, and `open(port, environment, room)`. */
export const clients = {
  pusher: {
    packages: ['pusher-js', 'pusher'],
    async open(port, env, room) {
      const { client } = pusherClient(port, env);
      const channel = await pusherJoin(client, `private-${room}`);
      return {
        heard: event((...a) => channel.bind(...a), 'client-say'),
        publish: text => channel.trigger('client-say', text),
        close: () => client.disconnect(),
      };
    },
  },
  'pusher-rest': {
    packages: ['pusher-js', 'pusher'],
    async open(port, env, room) {
      const { client, rest } = pusherClient(port, env);
      const channel = await pusherJoin(client, room);
      return {
        heard: event((...a) => channel.bind(...a), 'say'),
        publish: text => rest.trigger(room, 'say', text),
        close: () => client.disconnect(),
      };
    },
  },
  phoenix: {
    packages: ['phoenix'],
    async open(port, env, room) {
      const { Socket } = require('phoenix');
      const socket = new Socket(`ws://127.0.0.1:${port}/socket`, { transport: WebSocket, heartbeatIntervalMs: 100 });
      socket.connect();
      const channel = socket.channel(`room:${room}`, {});
      await new Promise((done, failed) => channel.join().receive('ok', done).receive('error', e => {
        socket.disconnect();
        failed(new Error(e.reason));
      }));
      return {
        heard: event((...a) => channel.on(...a), 'new_msg').then(m => m.body),
        publish: text => channel.push('new_msg', { body: text }),
        close: () => socket.disconnect(),
      };
    },
  },
  actioncable: {
    packages: ['@rails/actioncable'],
    async open(port, env, room) {
      globalThis.addEventListener ??= () => {};
      globalThis.removeEventListener ??= () => {};
      globalThis.document ??= { visibilityState: 'visible', createElement: () => ({}) };
      const cable = require('@rails/actioncable');
      cable.adapters.WebSocket = WebSocket;
      const consumer = cable.createConsumer(`ws://127.0.0.1:${port}/cable`);
      let hear;
      const heard = new Promise(done => (hear = done));
      const subscription = await new Promise((done, failed) => {
        const created = consumer.subscriptions.create({ channel: 'ChatChannel', room }, {
          connected: () => done(created),
          rejected: () => failed(new Error('rejected')),
          received: message => hear((typeof message === 'string' ? JSON.parse(message) : message).text),
        });
      }).catch(e => { consumer.disconnect(); throw e; });
      return {
        heard,
        publish: text => subscription.perform('say', { text }),
        close: () => consumer.disconnect(),
      };
    },
  },
  centrifugo: {
    packages: ['centrifuge'],
    async open(port, env, room) {
      const { Centrifuge } = require('centrifuge');
      const client = new Centrifuge(`ws://127.0.0.1:${port}/connection/websocket`, { websocket: WebSocket, name: 'fanbench' });
      client.connect();
      await client.ready(3000);
      const subscription = client.newSubscription(room);
      const heard = event((...a) => subscription.on(...a), 'publication').then(p => p.data.t);
      const refused = event((...a) => subscription.on(...a), 'unsubscribed');
      subscription.subscribe();
      await Promise.race([
        event((...a) => subscription.on(...a), 'subscribed'),
        refused.then(e => { client.disconnect(); throw new Error(e.reason); }),
      ]);
      return { heard, publish: text => subscription.publish({ t: text }), close: () => client.disconnect() };
    },
  },
  signalr: {
    packages: ['@microsoft/signalr'],
    async open(port, env, room) {
      const signalr = require('@microsoft/signalr');
      const hub = new signalr.HubConnectionBuilder()
        .withUrl(`http://127.0.0.1:${port}/hub`, { skipNegotiation: true, transport: signalr.HttpTransportType.WebSockets })
        .withKeepAliveInterval(100)
        .configureLogging(signalr.LogLevel.None)
        .build();
      const heard = event((...a) => hub.on(...a), 'Said');
      await hub.start();
      await hub.invoke('Join', room).catch(async e => { await hub.stop(); throw e; });
      return { heard, publish: text => hub.send('Say', room, text), close: () => hub.stop() };
    },
  },
  webpubsub: {
    packages: ['@azure/web-pubsub-client'],
    async open(port, env, room) {
      const { WebPubSubClient, WebPubSubJsonProtocol } = require('@azure/web-pubsub-client');
      const url = `ws://127.0.0.1:${port}/client/hubs/${env.WEBPUBSUB_HUB}?access_token=${env.WEBPUBSUB_TOKEN}`;
      const client = new WebPubSubClient(url, {
        protocol: WebPubSubJsonProtocol(), autoReconnect: false, keepAliveInterval: 100,
        messageRetryOptions: { maxRetries: 0 },
      });
      const heard = event((...a) => client.on(...a), 'group-message').then(e => e.message.data);
      await client.start();
      await client.joinGroup(room).catch(e => { client.stop(); throw e; });
      return {
        heard,
        publish: text => client.sendToGroup(room, text, 'text', { fireAndForget: true }),
        close: () => client.stop(),
      };
    },
  },
  'appsync-events': {
    packages: ['@aws-amplify/api', '@aws-amplify/core'],
    async open(port, env, room) {
      // Amplify speaks TLS only, and keeps one connection for a process: each client gets modules of its own.
      globalThis.WebSocket = class extends WebSocket {
        constructor(url, protocols) {
          super(String(url).replace(`wss://${env.APPSYNC_HOST}`, `ws://127.0.0.1:${port}`), protocols);
        }
      };
      Object.keys(require.cache).filter(each => each.includes('aws-amplify')).forEach(each => delete require.cache[each]);
      const { Amplify } = require('@aws-amplify/core');
      const { events } = require('@aws-amplify/api');
      Amplify.configure({
        API: {
          Events: {
            endpoint: `https://${env.APPSYNC_HOST}/event`, region: 'eu-west-1', defaultAuthMode: 'apiKey', apiKey: env.APPSYNC_KEY,
          },
        },
      });
      const channel = await events.connect(`/default/${room}`);
      let hear;
      const heard = new Promise(done => (hear = done));
      const subscription = channel.subscribe({ next: message => hear(message.event), error: () => {} });
      await subscription.ready;
      return { heard, publish: text => channel.publish(text), close: () => channel.close() };
    },
  },
};
