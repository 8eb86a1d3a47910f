"""Rooms of a chat: one function for all routes of a WebSocket API."""
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

HELP = "Valid commands: /help, /name [NAME], /channel [CHAN_NAME]"
LONGEST = 64
POSTS = 10
# A connection answers 410 until $connect has returned, so a young one is not forgotten for it.
GRACE_SECONDS = 30

TABLE = os.environ["TABLE"]
table = boto3.client("dynamodb")
pool = ThreadPoolExecutor(POSTS)
clients = {}


def handler(event, context):
    request = event["requestContext"]
    connection = request["connectionId"]
    if request["routeKey"] == "$connect":
        join(connection, "anonymous", "general")
    elif request["routeKey"] == "$disconnect":
        leave(connection)
    elif request["routeKey"] == "rpc":
        asked = json.loads(event["body"])
        answer = {"id": asked["id"], "body": asked["body"]}
        return {"statusCode": 200, "body": json.dumps(answer, separators=(",", ":"), ensure_ascii=False)}
    else:
        heard(posts_to(request), connection, event.get("body", ""))
    return {"statusCode": 200}


def posts_to(request):
    """The client of @connections behind the API that the request came by."""
    endpoint = "https://%s/%s" % (request["domainName"], request["stage"])
    if endpoint not in clients:
        clients[endpoint] = boto3.client(
            "apigatewaymanagementapi", endpoint_url=endpoint, config=Config(max_pool_connections=POSTS)
        )
    return clients[endpoint]


def heard(api, connection, text):
    if not text.strip():
        return
    me = state(connection)
    if not text.startswith("/"):
        words = "#%s %s: %s" % (me["room"], me["name"], text)
        others = [member for member in members(me["room"]) if member["sk"]["S"] != connection]
        list(pool.map(lambda member: post(api, member["sk"]["S"], words, member), others))
        return
    command, _, argument = text.partition(" ")
    argument = argument.strip("# \t\r\n") if command == "/channel" else argument.strip()
    if command not in ("/name", "/channel") or not 0 < len(argument) <= LONGEST:
        post(api, connection, HELP)
    elif command == "/name":
        join(connection, argument, me["room"])
        post(api, connection, "Set username to " + argument)
    else:
        join(connection, me["name"], argument, me["room"])
        post(api, connection, "Changed to #" + argument)


def post(api, connection, words, member=None):
    try:
        api.post_to_connection(ConnectionId=connection, Data=words.encode())
    except api.exceptions.GoneException:
        if member and time.time() - float(member["since"]["N"]) > GRACE_SECONDS:
            table.delete_item(TableName=TABLE, Key={"pk": member["pk"], "sk": member["sk"]})


def key(kind, name, member="-"):
    return {"pk": {"S": kind + name}, "sk": {"S": member}}


def state(connection):
    row = table.get_item(TableName=TABLE, Key=key("C#", connection), ConsistentRead=True)["Item"]
    return {"room": row["room"]["S"], "name": row["name"]["S"]}


def members(room):
    pages = table.get_paginator("query").paginate(
        TableName=TABLE,
        ConsistentRead=True,
        KeyConditionExpression="pk = :room",
        ExpressionAttributeValues={":room": {"S": "R#" + room}},
    )
    return [row for page in pages for row in page["Items"]]


def join(connection, name, room, left=None):
    """All rows change together, so that a member is in one room at a time."""
    rows = [
        {**key("C#", connection), "name": {"S": name}, "room": {"S": room}},
        {**key("R#", room, connection), "since": {"N": str(time.time())}},
    ]
    changes = [{"Put": {"TableName": TABLE, "Item": row}} for row in rows]
    if left is not None and left != room:
        changes.append({"Delete": {"TableName": TABLE, "Key": key("R#", left, connection)}})
    table.transact_write_items(TransactItems=changes)


def leave(connection):
    gone = table.delete_item(TableName=TABLE, Key=key("C#", connection), ReturnValues="ALL_OLD")
    if "Attributes" in gone:
        room = gone["Attributes"]["room"]["S"]
        table.delete_item(TableName=TABLE, Key=key("R#", room, connection))
