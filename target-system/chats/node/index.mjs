// Rooms of a chat: one function for all routes of a WebSocket API.
import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDB, paginateQuery } from '@aws-sdk/client-dynamodb';

const HELP = 'Valid commands: /help, /name [NAME], /channel [CHAN_NAME]';
const LONGEST = 64;
// A connection answers 410 until $connect has returned, so a young one is not forgotten for it.
const GRACE_MILLIS = 30_000;

const TableName = process.env.TABLE;
const table = new DynamoDB();
const clients = new Map();

export async function handler({ requestContext, body = '' }) {
  const { connectionId, routeKey } = requestContext;
  if (routeKey === '$connect') {
    await join(connectionId, 'anonymous', 'general');
  } else if (routeKey === '$disconnect') {
    await leave(connectionId);
  } else if (routeKey === 'rpc') {
    const { id, body: asked } = JSON.parse(body);
    return { statusCode: 200, body: JSON.stringify({ id, body: asked }) };
  } else {
    await heard(postsTo(requestContext), connectionId, body);
  }
  return { statusCode: 200 };
}

// The client of @connections behind the API that the request came by.
function postsTo({ domainName, stage }) {
  const endpoint = `https://${domainName}/${stage}`;
  if (!clients.has(endpoint)) {
    clients.set(endpoint, new ApiGatewayManagementApi({ endpoint }));
  }
  return clients.get(endpoint);
}

async function heard(api, connection, text) {
  if (text.trim() === '') {
    return;
  }
  const me = await state(connection);
  if (!text.startsWith('/')) {
    const words = `#${me.room} ${me.name}: ${text}`;
    const others = (await members(me.room)).filter((member) => member.sk.S !== connection);
    await Promise.all(others.map((member) => post(api, member.sk.S, words, member)));
    return;
  }
  const [, command, rest] = /^(\S+)([^]*)$/.exec(text);
  const argument = command === '/channel' ? withoutMarks(rest) : rest.trim();
  if (!['/name', '/channel'].includes(command) || argument === '' || [...argument].length > LONGEST) {
    await post(api, connection, HELP);
  } else if (command === '/name') {
    await join(connection, argument, me.room);
    await post(api, connection, `Set username to ${argument}`);
  } else {
    await join(connection, me.name, argument, me.room);
    await post(api, connection, `Changed to #${argument}`);
  }
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

async function post(api, ConnectionId, words, member) {
  try {
    await api.postToConnection({ ConnectionId, Data: words });
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 410) {
      throw error;
    }
    if (member && Date.now() - Number(member.since.N) > GRACE_MILLIS) {
      await table.deleteItem({ TableName, Key: { pk: member.pk, sk: member.sk } });
    }
  }
}

const key = (kind, name, member = '-') => ({ pk: { S: kind + name }, sk: { S: member } });

async function state(connection) {
  const { Item } = await table.getItem({ TableName, Key: key('C#', connection), ConsistentRead: true });
  return { room: Item.room.S, name: Item.name.S };
}

async function members(room) {
  const rows = [];
  const query = {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :room',
    ExpressionAttributeValues: { ':room': { S: `R#${room}` } },
  };
  for await (const page of paginateQuery({ client: table }, query)) {
    rows.push(...page.Items);
  }
  return rows;
}

// All rows change together, so that a member is in one room at a time.
async function join(connection, name, room, left = room) {
  const rows = [
    { ...key('C#', connection), name: { S: name }, room: { S: room } },
    { ...key('R#', room, connection), since: { N: String(Date.now()) } },
  ];
  const TransactItems = rows.map((Item) => ({ Put: { TableName, Item } }));
  if (left !== room) {
    TransactItems.push({ Delete: { TableName, Key: key('R#', left, connection) } });
  }
  await table.transactWriteItems({ TransactItems });
}

async function leave(connection) {
  const { Attributes } = await table.deleteItem({
    TableName,
    Key: key('C#', connection),
    ReturnValues: 'ALL_OLD',
  });
  if (Attributes) {
    await table.deleteItem({ TableName, Key: key('R#', Attributes.room.S, connection) });
  }
}
