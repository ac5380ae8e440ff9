"""Follows the status events on Kafka and prints a message for each, once, with nothing but the protos.

Debian's python3-confluent-kafka reads the topic; the message classes are made from a descriptor set.
"""
import signal
import sqlite3
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

brokers, descriptors, memory = sys.argv[1:]

LABELS = {
    "PAY_SUCCESS": "결제완료/paid",
    "PAY_FAIL": "결제실패/payment declined",
    "ORDER_RECEIVED": "주문접수/accepted by the store",
    "COOKING": "조리중/cooking",
    "COOKED": "조리완료/cooked",
    "DELIVERING": "배송됨/shipped",
    "DELIVERED": "배달완료/delivered",
    "PICKED_UP": "픽업완료/picked up",
    "ORDER_REJECTED": "주문거절/rejected by the store",
    "CANCEL_REQUESTED": "취소요청/cancellation requested",
    "CANCEL_DECLINED": "취소불가/cancellation declined",
    "ORDER_CANCEL": "주문취소/cancelled",
    "REFUNDED": "환불완료/refunded",
}

pool = descriptor_pool.DescriptorPool()
with open(descriptors, "rb") as content:
    for file in descriptor_pb2.FileDescriptorSet.FromString(content.read()).file:
        pool.Add(file)
factory = message_factory.MessageFactory(pool)
CloudEvent = factory.GetPrototype(pool.FindMessageTypeByName("io.cloudevents.v1.CloudEvent"))
Changed = factory.GetPrototype(pool.FindMessageTypeByName("fooddelivery.ordering.v1.OrderStatusChanged"))
names = pool.FindEnumTypeByName("fooddelivery.ordering.v1.OrderStatus").values_by_number

# What was told and how far was read are written down together. An event may come twice: the order's version tells.
TOPIC = "fooddelivery.ordering.v1"
memory = sqlite3.connect(memory)
memory.execute("create table if not exists told (order_id integer primary key, version integer not null)")
memory.execute("create table if not exists positions (partition integer primary key, next integer not null)")


def tell(change):
    news = memory.execute(
        "insert into told values (?, ?) on conflict do update set version = excluded.version where excluded.version > version",
        (change.order_id, change.version)).rowcount
    if news:
        status = names[change.status].name.removeprefix("ORDER_STATUS_")
        reason = f" ({change.reason})" if change.reason else ""
        print(f"[카카오톡] 주문 {change.order_id}: {LABELS.get(status, status)}{reason}", flush=True)


stopping = []
signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
consumer = Consumer({"bootstrap.servers": brokers, "group.id": "messages", "enable.auto.commit": False})
partitions = consumer.list_topics(TOPIC, timeout=10).topics[TOPIC].partitions
positions = dict(memory.execute("select partition, next from positions"))
consumer.assign([TopicPartition(TOPIC, number, positions.get(number, OFFSET_BEGINNING)) for number in partitions])
while not stopping:
    record = consumer.poll(0.2)
    if record is None or record.error():
        continue
    event = CloudEvent.FromString(record.value())
    if event.type == Changed.DESCRIPTOR.full_name:
        tell(Changed.FromString(event.proto_data.value))
    memory.execute(
        "insert into positions values (?, ?) on conflict do update set next = excluded.next", (record.partition(), record.offset() + 1))
    memory.commit()
consumer.close()
