// Runs one function in Node: asks the Runtime API for a request, calls the handler, returns its answer, and again.
import http from 'node:http';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

// No timeout: the next request may come in hours.
function call(method, route, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const options = { host, port, agent, method, path: '/2018-06-01/runtime/' + route, headers };
    const request = http.request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

// The emulator is gone, and with it every reason to go on.
const post = (route, body, headers) => call('POST', route, body, headers).catch(() => process.exit(0));

function report(route, thrown) {
  const error = thrown instanceof Error ? thrown : { name: typeof thrown, message: String(thrown) };
  const type = error.name || 'Error';
  const trace = String(error.stack ?? '').split('\n');
  console.error(error.stack ?? `${type}: ${error.message}`);
  return post(route, JSON.stringify({ errorType: type, errorMessage: error.message, trace }), {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Function-Error-Type': type,
  });
}

function initError(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

// HANDLER is FOLDER/FILE.NAME, where NAME may have further parts.
async function load(root, handler) {
  const [, folder, file, names] = /^(.*\/)?([^./]+)\.(.+)$/.exec(handler) ?? [];
  const base = file && path.resolve(root, folder ?? '', file);
  if (!base || !base.startsWith(path.resolve(root) + path.sep)) {
    throw initError('Runtime.MalformedHandlerName', `${handler} is no handler`);
  }
  const module = ['.js', '.mjs', '.cjs', ''].map((end) => base + end).find((name) => existsSync(name));
  if (!module) {
    throw initError('Runtime.ImportModuleError', `Cannot find module '${base}'`);
  }
  const loaded = path.extname(module) ? await import(pathToFileURL(module).href) : createRequire(base)(module);
  const found = (from) => names.split('.').reduce((value, name) => value?.[name], from);
  const called = found(loaded) ?? found(loaded.default);
  if (typeof called !== 'function') {
    throw initError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  return called;
}

// A handler answers by a promise, by its callback, or not at all: then when nothing is left to do.
function answer(handler, event, context) {
  return new Promise((resolve, reject) => {
    const idle = () => resolve(null);
    const settle = (error, value) => (error === undefined || error === null ? resolve(value) : reject(error));
    process.once('beforeExit', idle);
    context.done = settle;
    context.succeed = (value) => settle(null, value);
    context.fail = (error) => settle(error ?? new Error('the handler failed'));
    const returned = handler(event, context, settle);
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    }
  }).finally(() => process.removeAllListeners('beforeExit'));
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

let handler;
try {
  handler = await load(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
} catch (error) {
  await report('init/error', error);
  process.exit(1);
}
for (;;) {
  const next = await call('GET', 'invocation/next').catch(() => process.exit(0));
  const id = next.headers['lambda-runtime-aws-request-id'];
  if (next.status !== 200 || !id) {
    console.error(`the Runtime API gives no request: ${next.status} ${next.body}`);
    process.exit(1);
  }
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
  try {
    const value = await answer(handler, JSON.parse(next.body), contextOf(next.headers));
    await post(`invocation/${id}/response`, JSON.stringify(value ?? null));
  } catch (error) {
    await report(`invocation/${id}/error`, error);
  }
}
