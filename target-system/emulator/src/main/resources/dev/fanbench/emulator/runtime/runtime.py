"""Runs one function in Python: asks the Runtime API for a request, calls the handler, returns its answer, and again."""
import decimal
import http.client
import importlib
import importlib.metadata
import json
import logging
import os
import sys
import time
import traceback

HOST = os.environ["AWS_LAMBDA_RUNTIME_API"]
ROOT = os.environ["LAMBDA_TASK_ROOT"]
ROUTE = "/2018-06-01/runtime/"


class Context:
    """What a handler may know of its request."""

    identity = None
    client_context = None

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class Api:
    """The Runtime API. Without a timeout: the next request may come in hours."""

    def __init__(self):
        self._connection = http.client.HTTPConnection(HOST)

    def call(self, method, route, body=None, headers=None):
        try:
            self._connection.request(method, ROUTE + route, body, headers or {})
            response = self._connection.getresponse()
            return response.status, response.headers, response.read()
        except (OSError, http.client.HTTPException):
            # The emulator is gone, and with it every reason to go on.
            os._exit(0)

    def report(self, route, error, kind=None):
        kind = kind or type(error).__name__
        trace = traceback.format_exception(type(error), error, error.__traceback__)
        print("".join(trace), end="", file=sys.stderr)
        body = json.dumps({"errorMessage": str(error), "errorType": kind, "stackTrace": trace})
        self.call("POST", route, body, {"Lambda-Runtime-Function-Error-Type": kind})


def with_endpoints():
    """A botocore before 1.31 reads no AWS_ENDPOINT_URL_*, so its clients are given what these variables hold."""
    try:
        version = importlib.metadata.version("botocore").split(".")
        if (int(version[0]), int(version[1])) >= (1, 31):
            return
        from botocore.session import Session
    except (ImportError, ValueError, IndexError):
        return
    create = Session.create_client

    def create_client(self, service_name, *positional, **named):
        url = os.environ.get("AWS_ENDPOINT_URL_" + service_name.upper().replace("-", "_"))
        # endpoint_url is the sixth argument.
        if url and len(positional) < 5 and named.get("endpoint_url") is None:
            named["endpoint_url"] = url
        return create(self, service_name, *positional, **named)

    Session.create_client = create_client


def load(name):
    """The handler FOLDER/FILE.NAME."""
    module, _, function = name.rpartition(".")
    found = importlib.import_module(module.replace("/", "."))
    if not callable(getattr(found, function, None)):
        raise AttributeError("Handler '%s' missing on module '%s'" % (function, module))
    return getattr(found, function)


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def main():
    api = Api()
    sys.path[0] = ROOT
    logging.basicConfig(stream=sys.stdout, format="[%(levelname)s]\t%(message)s")
    try:
        with_endpoints()
        handler = load(os.environ["_HANDLER"])
    except ImportError as error:
        api.report("init/error", error, "Runtime.ImportModuleError")
        sys.exit(1)
    except AttributeError as error:
        api.report("init/error", error, "Runtime.HandlerNotFound")
        sys.exit(1)
    except Exception as error:
        api.report("init/error", error)
        sys.exit(1)
    while True:
        status, headers, body = api.call("GET", "invocation/next")
        if status != 200 or not headers["Lambda-Runtime-Aws-Request-Id"]:
            print("the Runtime API gives no request: %d %s" % (status, body.decode(errors="replace")), file=sys.stderr)
            sys.exit(1)
        request = "invocation/%s/" % headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"]
        try:
            value = handler(json.loads(body), Context(headers))
        except Exception as error:
            api.report(request + "error", error)
            continue
        try:
            answer = json.dumps(value, default=plain, ensure_ascii=False).encode()
        except (TypeError, ValueError) as error:
            api.report(request + "error", error, "Runtime.MarshalError")
            continue
        api.call("POST", request + "response", answer)


main()
