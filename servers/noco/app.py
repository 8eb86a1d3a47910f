"""The chat as noco built it: a room is one item, each message makes a client, and posts follow one another."""
import json
import os
import time

import boto3

HELP = "Valid commands: /help, /name [NAME], /channel [CHAN_NAME]"
LONGEST = 64
GRACE_SECONDS = 30
TABLE = os.environ["TABLE"]
table = boto3.client("dynamodb")


def handler(event, context):
    request = event["requestContext"]
    me, route = request["connectionId"], request["routeKey"]
    if route == "$connect":
        put_connection(me, "anonymous", "general")
        change_room("general", "ADD", me)
    elif route == "$disconnect":
        gone = table.delete_item(TableName=TABLE, Key=key("C#" + me), ReturnValues="ALL_OLD")
        if "Attributes" in gone:
            change_room(gone["Attributes"]["room"]["S"], "DELETE", me)
    elif route == "rpc":
        asked = json.loads(event["body"])
        answer = json.dumps({"id": asked["id"], "body": asked["body"]}, separators=(",", ":"), ensure_ascii=False)
        return {"statusCode": 200, "body": answer}
    elif event.get("body", "").strip():
        # A client for this message alone. On Lambda it costs a connection and the reading of its API description.
        api = boto3.client(
            "apigatewaymanagementapi", endpoint_url="https://%s/%s" % (request["domainName"], request["stage"])
        )
        heard(api, me, event["body"], request["requestId"])
        api.close()
    return {"statusCode": 200}


def heard(api, me, text, request_id):
    if text.startswith("/"):
        post(api, me, command(me, text))
    elif asks_for_channels(text):
        post(api, me, json.dumps({"channelsList": channels()}, ensure_ascii=False))
    else:
        say(api, me, text, request_id)


def say(api, me, text, request_id):
    """Three calls of the table: the sender, the room, and the message that is kept."""
    sender = table.get_item(TableName=TABLE, Key=key("C#" + me), ConsistentRead=True)["Item"]
    room, name = sender["room"]["S"], sender["name"]["S"]
    members = table.get_item(TableName=TABLE, Key=key("R#" + room), ConsistentRead=True)["Item"]
    said = "%d#%s" % (time.time() * 1000, request_id)
    table.put_item(TableName=TABLE, Item={**key("M#" + room, said), "name": {"S": name}, "text": {"S": text}})
    for member in members["members"]["SS"]:
        if member != me and not post(api, member, "#%s %s: %s" % (room, name, text)):
            forget(member, room)


def command(me, text):
    """The words for the sender of a command, which is carried out."""
    word, _, rest = text.partition(" ")
    argument = rest.strip("# \t\r\n") if word == "/channel" else rest.strip()
    if word not in ("/name", "/channel") or not 0 < len(argument) <= LONGEST:
        return HELP
    if word == "/name":
        set_attribute(me, "name", argument)
        return "Set username to " + argument
    change_room(argument, "ADD", me)
    left = set_attribute(me, "room", argument)["room"]["S"]
    if left != argument:
        change_room(left, "DELETE", me)
    return "Changed to #" + argument


def asks_for_channels(text):
    try:
        asked = json.loads(text)
    except ValueError:
        return False
    return isinstance(asked, dict) and asked.get("action") == "command" and asked.get("data") == "fetchChannels"


def channels():
    pages = table.get_paginator("scan").paginate(
        TableName=TABLE,
        ConsistentRead=True,
        ProjectionExpression="pk",
        FilterExpression="begins_with(pk, :rooms)",
        ExpressionAttributeValues={":rooms": {"S": "R#"}},
    )
    return sorted(row["pk"]["S"][2:] for page in pages for row in page["Items"])


def post(api, connection, words):
    """Whether the connection is there."""
    try:
        api.post_to_connection(ConnectionId=connection, Data=words.encode())
        return True
    except api.exceptions.GoneException:
        return False


def forget(member, room):
    """Removes a member that is gone. A young one may still be on its way in, and stays."""
    row = table.get_item(TableName=TABLE, Key=key("C#" + member), ConsistentRead=True).get("Item")
    if row is None or time.time() - float(row["since"]["N"]) > GRACE_SECONDS:
        change_room(room, "DELETE", member)


def key(item, part="-"):
    return {"pk": {"S": item}, "sk": {"S": part}}


def put_connection(me, name, room):
    row = {"name": {"S": name}, "room": {"S": room}, "since": {"N": str(time.time())}}
    table.put_item(TableName=TABLE, Item={**key("C#" + me), **row})


def set_attribute(me, attribute, value):
    """The attribute as it was before."""
    return table.update_item(
        TableName=TABLE,
        Key=key("C#" + me),
        UpdateExpression="SET #attribute = :value",
        ExpressionAttributeNames={"#attribute": attribute},
        ExpressionAttributeValues={":value": {"S": value}},
        ReturnValues="UPDATED_OLD",
    )["Attributes"]


def change_room(room, change, member):
    table.update_item(
        TableName=TABLE,
        Key=key("R#" + room),
        UpdateExpression=change + " members :member",
        ExpressionAttributeValues={":member": {"SS": [member]}},
    )
