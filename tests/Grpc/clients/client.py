"""Calls the echo service by Debian's grpcio, with message classes made from the descriptors on the command line."""
import base64
import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

address, descriptors = sys.argv[1], base64.b64decode(sys.argv[2])
pool = descriptor_pool.DescriptorPool()
for file in descriptor_pb2.FileDescriptorSet.FromString(descriptors).file:
    pool.Add(file)
package = "fooddelivery.tests.echo.v1"
factory = message_factory.MessageFactory(pool)
Request = factory.GetPrototype(pool.FindMessageTypeByName(package + ".SayRequest"))
Response = factory.GetPrototype(pool.FindMessageTypeByName(package + ".SayResponse"))
channel = grpc.insecure_channel(address)


def method(kind, name):
    return getattr(channel, kind)(
        f"/{package}.EchoService/{name}",
        request_serializer=Request.SerializeToString,
        response_deserializer=Response.FromString)


def refusal(call):
    try:
        call()
    except grpc.RpcError as error:
        trailers = {key: value if isinstance(value, str) else list(value) for key, value in error.trailing_metadata() or ()}
        return {"code": error.code().name, "details": error.details(), "trailers": trailers}
    return None


say = method("unary_unary", "Say")
often = method("unary_stream", "SayOften")
collect = method("stream_unary", "Collect")
converse = method("stream_stream", "Converse")

print(json.dumps({
    "unary": say(Request(text="안녕 🍜"), timeout=10).text,
    "compressed": say(Request(text="x" * 5000), timeout=10, compression=grpc.Compression.Gzip).text == "x" * 5000,
    "server_stream": [answer.number for answer in often(Request(times=5), timeout=10)],
    "client_stream": collect(iter([Request(text="a"), Request(text="b")]), timeout=10).text,
    "duplex": [answer.text for answer in converse(iter([Request(text="p"), Request(text="q")]), timeout=10)],
    "refusal": refusal(lambda: say(Request(text="refuse"), timeout=10)),
    "stream_refusal": refusal(lambda: list(often(Request(text="refuse", times=2), timeout=10))),
    "crash": refusal(lambda: say(Request(text="crash"), timeout=10)),
    "deadline": refusal(lambda: say(Request(delay_ms=60000), timeout=0.3)),
    "unknown": refusal(lambda: method("unary_unary", "Sing")(Request(), timeout=10)),
}))
