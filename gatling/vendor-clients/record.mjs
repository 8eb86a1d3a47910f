// Lets each vendor's client join a room and publish at a scripted server, and writes its frames to frames/NAME.txt.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { clients } from './clients.mjs';
import { readScript, start } from './server.mjs';

const ROOM = 'tea';
const TEXT = 'hello';

const within = (millis, promise, words) => Promise.race([
  promise,
  new Promise((done, failed) => setTimeout(() => failed(new Error(`${words} took over ${millis} ms`)), millis).unref()),
]);

const version = name =>
  `${name} ${JSON.parse(fs.readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version}`;

const readable = frame => frame.replaceAll('\x1e', '\\x1e').replaceAll('\n', '\\n');

async function until(met) {
  while (!met()) {
    await new Promise(done => setTimeout(done, 10));
  }
}

async function record(name) {
  const script = readScript(name);
  const server = await start(script);
  const { packages, open } = clients[name];
  const member = await within(5000, open(server.port, script.environment, ROOM), 'the first join');
  const publisher = await within(5000, open(server.port, script.environment, ROOM), 'the second join');
  await new Promise(done => setTimeout(done, 50));
  await publisher.publish(TEXT);
  const heard = await within(5000, member.heard, 'the publication');
  if (heard !== TEXT) {
    throw new Error(`${name}: heard ${JSON.stringify(heard)}`);
  }
  const refusal = await within(5000, open(server.port, script.environment, 'forbidden'), 'the refusal').then(
    () => { throw new Error(`${name}: joined the room forbidden`); },
    error => error.message);
  const { url, offered, frames } = server.connections[1];
  const isKept = ([, frame]) => script.keepAlive.test(frame);
  if (script.keepAlive.source !== '$^') {
    await within(5000, until(() => frames.some(isKept)), 'the keep-alive');
  }
  const lines = [`# ${packages.map(version).join(' and ')}`, `GET ${url}`];
  if (offered) {
    lines.push(`subprotocols ${offered}`);
  }
  frames.filter(each => !isKept(each)).forEach(([kind, frame]) => lines.push(`${kind} ${readable(frame)}`));
  frames.filter(isKept).slice(0, 1).forEach(([kind, frame]) => lines.push(`keepAlive ${kind} ${readable(frame)}`));
  server.requests.slice(0, 1).forEach(request => lines.push(`request ${request}`));
  fs.writeFileSync(new URL(`frames/${name}.txt`, import.meta.url), lines.join('\n') + '\n');
  member.close();
  publisher.close();
  server.stop();
  console.log(`${name}: ${lines[0].slice(2)}, refused with: ${refusal}`);
}

// Each client has a process of its own, because some of them change global objects.
if (process.argv.length === 3) {
  process.on('unhandledRejection', () => {});
  try {
    await record(process.argv[2]);
    process.exit();
  } catch (error) {
    console.error(`${process.argv[2]}: ${error.stack}`);
    process.exit(1);
  }
} else {
  for (const name of Object.keys(clients)) {
    process.exitCode ||= spawnSync(process.execPath, [process.argv[1], name], { stdio: 'inherit' }).status;
  }
}
