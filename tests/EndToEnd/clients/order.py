"""Has an order placed, cooked and delivered by Debian's grpcio, with message classes made from a descriptor set."""
import json
import sys
import time

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

order_address, store_address, customer_address, descriptors = sys.argv[1:]
pool = descriptor_pool.DescriptorPool()
with open(descriptors, "rb") as content:
    for file in descriptor_pb2.FileDescriptorSet.FromString(content.read()).file:
        pool.Add(file)
factory = message_factory.MessageFactory(pool)


def message(name):
    return factory.GetPrototype(pool.FindMessageTypeByName(name))


class Service:
    def __init__(self, address, name):
        self.channel = grpc.insecure_channel(address)
        self.descriptor = pool.FindServiceByName(name)

    def __call__(self, name, timeout=30, **fields):
        method = self.descriptor.methods_by_name[name]
        kind = self.channel.unary_stream if name.startswith("Watch") else self.channel.unary_unary
        return kind(
            f"/{self.descriptor.full_name}/{name}",
            request_serializer=factory.GetPrototype(method.input_type).SerializeToString,
            response_deserializer=factory.GetPrototype(method.output_type).FromString,
        )(factory.GetPrototype(method.input_type)(**fields), timeout=timeout)


def refusal(call):
    try:
        call()
    except grpc.RpcError as error:
        seen = {"code": error.code().name}
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                for detail in message("google.rpc.Status").FromString(value).details:
                    if detail.type_url.endswith("ErrorInfo"):
                        seen["reason"] = message("google.rpc.ErrorInfo").FromString(detail.value).reason
                    if detail.type_url.endswith("BadRequest"):
                        seen["field"] = message("google.rpc.BadRequest").FromString(detail.value).field_violations[0].field
        return seen
    return None


orders = Service(order_address, "fooddelivery.ordering.v1.OrderService")
tickets = Service(store_address, "fooddelivery.store.v1.TicketService")
statuses = Service(customer_address, "fooddelivery.customer.v1.OrderStatusService")

Item = message("fooddelivery.ordering.v1.OrderItem")
order = orders("PlaceOrder", items=[Item(item="통닭", quantity=2)], address="서울시 🏠").order
watching = statuses("WatchOrder", timeout=60, order_id=order.order_id)
status_words = pool.FindEnumTypeByName("fooddelivery.ordering.v1.OrderStatus").values_by_number
watched = [status_words[next(watching).change.status].name]

patience = time.monotonic() + 30
while refusal(lambda: tickets("GetTicket", order_id=order.order_id)) is not None and time.monotonic() < patience:
    time.sleep(0.05)
for move in ("AcceptTicket", "StartCooking", "FinishCooking", "StartDelivery", "FinishDelivery"):
    tickets(move, order_id=order.order_id)
watched += [status_words[change.change.status].name for change in watching]

print(json.dumps({
    "address": order.address,
    "total": order.total_won,
    "watched": watched,
    "invalid": refusal(lambda: orders("PlaceOrder", items=[Item(item="통닭", quantity=100)])),
    "repeated": refusal(lambda: tickets("AcceptTicket", order_id=order.order_id)),
    "unknown": refusal(lambda: orders("GetOrder", order_id=999999999)),
    "deadline": refusal(lambda: list(statuses("WatchOrder", timeout=0.3, order_id=999999999))),
}))
