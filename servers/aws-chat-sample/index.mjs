// The chat as AWS's sample has it, with rooms: each message makes a client, a room is one item, and posts follow one another.
import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDB, paginateScan } from '@aws-sdk/client-dynamodb';

const HELP = 'Valid commands: /help, /name [NAME], /channel [CHAN_NAME]';
const LONGEST = 64;
const GRACE_MILLIS = 30_000;
const TableName = process.env.TABLE;
const table = new DynamoDB();

export async function handler({ requestContext, body = '' }) {
  const { connectionId: me, routeKey, domainName, stage, requestId } = requestContext;
  if (routeKey === '$connect') {
    await putConnection(me, 'anonymous', 'general');
    await changeRoom('general', 'ADD', me);
  } else if (routeKey === '$disconnect') {
    const { Attributes } = await table.deleteItem({ TableName, Key: key(`C#${me}`), ReturnValues: 'ALL_OLD' });
    if (Attributes) {
      await changeRoom(Attributes.room.S, 'DELETE', me);
    }
  } else if (routeKey === 'rpc') {
    const { id, body: asked } = JSON.parse(body);
    return { statusCode: 200, body: JSON.stringify({ id, body: asked }) };
  } else if (body.trim() !== '') {
    // A client for this message alone, with connections of its own.
    const api = new ApiGatewayManagementApi({ endpoint: `https://${domainName}/${stage}` });
    try {
      if (routeKey === 'sendmessage') {
        await say(api, me, String(JSON.parse(body).data), requestId);
      } else {
        await heard(api, me, body, requestId);
      }
    } finally {
      api.destroy();
    }
  }
  return { statusCode: 200 };
}

async function heard(api, me, text, requestId) {
  if (text.startsWith('/')) {
    await post(api, me, await command(me, text));
  } else if (asksForChannels(text)) {
    const names = (await channels()).map((name) => JSON.stringify(name));
    await post(api, me, `{"channelsList": [${names.join(', ')}]}`);
  } else {
    await say(api, me, text, requestId);
  }
}

// Three calls of the table: the sender, the room, and the message that is kept.
async function say(api, me, text, requestId) {
  const sender = await table.getItem({ TableName, Key: key(`C#${me}`), ConsistentRead: true });
  const room = sender.Item.room.S;
  const name = sender.Item.name.S;
  const members = await table.getItem({ TableName, Key: key(`R#${room}`), ConsistentRead: true });
  const said = { ...key(`M#${room}`, `${Date.now()}#${requestId}`), name: { S: name }, text: { S: text } };
  await table.putItem({ TableName, Item: said });
  for (const member of members.Item.members.SS) {
    if (member !== me && !(await post(api, member, `#${room} ${name}: ${text}`))) {
      await forget(member, room);
    }
  }
}

// The words for the sender of a command, which is carried out.
async function command(me, text) {
  const [, word, rest] = /^(\S+)([^]*)$/.exec(text);
  const argument = word === '/channel' ? withoutMarks(rest) : rest.trim();
  if (!['/name', '/channel'].includes(word) || argument === '' || [...argument].length > LONGEST) {
    return HELP;
  }
  if (word === '/name') {
    await setAttribute(me, 'name', argument);
    return `Set username to ${argument}`;
  }
  await changeRoom(argument, 'ADD', me);
  const left = (await setAttribute(me, 'room', argument)).room.S;
  if (left !== argument) {
    await changeRoom(left, 'DELETE', me);
  }
  return `Changed to #${argument}`;
}

// A pattern would read a row of blanks once for each of them.
function withoutMarks(text) {
  let [start, end] = [0, text.length];
  while (start < end && /[#\s]/.test(text[start])) {
    start++;
  }
  while (end > start && /[#\s]/.test(text[end - 1])) {
    end--;
  }
  return text.slice(start, end);
}

function asksForChannels(text) {
  try {
    const asked = JSON.parse(text);
    return asked?.action === 'command' && asked.data === 'fetchChannels';
  } catch {
    return false;
  }
}

async function channels() {
  const names = [];
  const rooms = {
    TableName,
    ConsistentRead: true,
    ProjectionExpression: 'pk',
    FilterExpression: 'begins_with(pk, :rooms)',
    ExpressionAttributeValues: { ':rooms': { S: 'R#' } },
  };
  for await (const page of paginateScan({ client: table }, rooms)) {
    names.push(...page.Items.map((row) => row.pk.S.slice(2)));
  }
  return names.sort();
}

// Whether the connection is there.
async function post(api, ConnectionId, words) {
  try {
    await api.postToConnection({ ConnectionId, Data: words });
    return true;
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 410) {
      throw error;
    }
    return false;
  }
}

// Removes a member that is gone. A young one may still be on its way in, and stays.
async function forget(member, room) {
  const { Item } = await table.getItem({ TableName, Key: key(`C#${member}`), ConsistentRead: true });
  if (!Item || Date.now() - Number(Item.since.N) > GRACE_MILLIS) {
    await changeRoom(room, 'DELETE', member);
  }
}

const key = (item, part = '-') => ({ pk: { S: item }, sk: { S: part } });

async function putConnection(me, name, room) {
  const row = { name: { S: name }, room: { S: room }, since: { N: String(Date.now()) } };
  await table.putItem({ TableName, Item: { ...key(`C#${me}`), ...row } });
}

// The attribute as it was before.
async function setAttribute(me, attribute, value) {
  const { Attributes } = await table.updateItem({
    TableName,
    Key: key(`C#${me}`),
    UpdateExpression: 'SET #attribute = :value',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':value': { S: value } },
    ReturnValues: 'UPDATED_OLD',
  });
  return Attributes;
}

async function changeRoom(room, change, member) {
  await table.updateItem({
    TableName,
    Key: key(`R#${room}`),
    UpdateExpression: `${change} members :member`,
    ExpressionAttributeValues: { ':member': { SS: [member] } },
  });
}
