// Runs in a browser: has an order placed, cooked and delivered by gRPC-Web at other origins and tells its own what it saw.
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';

const run = async () => {
  const { order: orderAddress, store, customer, descriptors } = await (await fetch('/task')).json();
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, base64Decode(descriptors)));
  const service = (name, baseUrl) => createClient(registry.getService(`fooddelivery.${name}`), createGrpcWebTransport({ baseUrl, useBinaryFormat: true }));
  const orders = service('ordering.v1.OrderService', orderAddress);
  const tickets = service('store.v1.TicketService', store);
  const statuses = service('customer.v1.OrderStatusService', customer);
  const words = registry.getEnum('fooddelivery.ordering.v1.OrderStatus');

  const refusal = call => call.then(() => null, thrown => {
    const error = ConnectError.from(thrown);
    return {
      code: Code[error.code],
      reason: error.findDetails(registry.getMessage('google.rpc.ErrorInfo'))[0]?.reason,
      field: error.findDetails(registry.getMessage('google.rpc.BadRequest'))[0]?.fieldViolations[0].field,
    };
  });
  const watch = async (orderId, timeoutMs, onFirst) => {
    const watched = [];
    for await (const { change } of statuses.watchOrder({ orderId }, { timeoutMs })) {
      watched.push(words.values.find(({ number }) => number === change.status).name);
      if (watched.length === 1) {
        await onFirst();
      }
    }
    return watched;
  };

  const { order } = await orders.placeOrder({ items: [{ item: '통닭', quantity: 2 }], address: '서울시 🏠' });
  const its = { orderId: order.orderId };
  const watched = await watch(order.orderId, 60_000, async () => {
    for (const end = Date.now() + 30_000; await refusal(tickets.getTicket(its)) && Date.now() < end;) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    for (const move of ['acceptTicket', 'startCooking', 'finishCooking', 'startDelivery', 'finishDelivery']) {
      await tickets[move](its);
    }
  });
  return {
    address: order.address,
    total: Number(order.totalWon),
    watched,
    invalid: await refusal(orders.placeOrder({ items: [{ item: '통닭', quantity: 100 }] })),
    repeated: await refusal(tickets.acceptTicket(its)),
    unknown: await refusal(orders.getOrder({ orderId: 999999999n })),
    deadline: await refusal(watch(999999999n, 300)),
  };
};

run().catch(error => ({ failed: `${error}` }))
  .then(seen => fetch('/seen', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(seen) }));
