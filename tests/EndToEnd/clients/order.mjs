// Has an order placed, cooked and delivered by grpc-js, with nothing but the .proto files.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import { setTimeout as pause } from 'node:timers/promises';

const [orderAddress, storeAddress, customerAddress, ...includeDirs] = process.argv.slice(2);
const files = ['fooddelivery/ordering/v1/order_service.proto', 'fooddelivery/store/v1/ticket_service.proto', 'fooddelivery/customer/v1/order_status_service.proto'];
const packages = grpc.loadPackageDefinition(loader.loadSync(files, { includeDirs, keepCase: true, enums: String, longs: Number })).fooddelivery;
const rpc = protobuf.loadSync(`${includeDirs.at(-1)}/google/rpc/details.proto`);
const insecure = grpc.credentials.createInsecure();
const orders = new packages.ordering.v1.OrderService(orderAddress, insecure);
const tickets = new packages.store.v1.TicketService(storeAddress, insecure);
const statuses = new packages.customer.v1.OrderStatusService(customerAddress, insecure);
const within = milliseconds => ({ deadline: Date.now() + milliseconds });

const refusalOf = error => {
  const seen = { code: grpc.status[error.code] };
  const details = error.metadata?.get('grpc-status-details-bin')[0];
  for (const { type_url: url, value } of details ? rpc.lookupType('google.rpc.Status').decode(details).details : []) {
    if (url.endsWith('ErrorInfo')) {
      seen.reason = rpc.lookupType('google.rpc.ErrorInfo').decode(value).reason;
    }
    if (url.endsWith('BadRequest')) {
      seen.field = rpc.lookupType('google.rpc.BadRequest').decode(value).fieldViolations[0].field;
    }
  }
  return seen;
};
const call = (client, method, request) => new Promise((resolve, reject) =>
  client[method](request, within(30_000), (error, answer) => error ? reject(error) : resolve(answer)));
const refusal = call => call.then(() => null, refusalOf);
const watch = async (request, milliseconds, onFirst) => {
  const watched = [];
  for await (const { change } of statuses.WatchOrder(request, within(milliseconds))) {
    watched.push(change.status);
    if (watched.length === 1) {
      await onFirst();
    }
  }
  return watched;
};

const { order } = await call(orders, 'PlaceOrder', { items: [{ item: '통닭', quantity: 2 }], address: '서울시 🏠' });
const its = { order_id: order.order_id };
const watched = await watch(its, 60_000, async () => {
  for (const end = Date.now() + 30_000; await refusal(call(tickets, 'GetTicket', its)) && Date.now() < end;) {
    await pause(50);
  }
  for (const move of ['AcceptTicket', 'StartCooking', 'FinishCooking', 'StartDelivery', 'FinishDelivery']) {
    await call(tickets, move, its);
  }
});

console.log(JSON.stringify({
  address: order.address,
  total: order.total_won,
  watched,
  invalid: await refusal(call(orders, 'PlaceOrder', { items: [{ item: '통닭', quantity: 100 }] })),
  repeated: await refusal(call(tickets, 'AcceptTicket', its)),
  unknown: await refusal(call(orders, 'GetOrder', { order_id: 999999999 })),
  deadline: await refusal(watch({ order_id: 999999999 }, 300)),
}));
[orders, tickets, statuses].forEach(client => client.close());
