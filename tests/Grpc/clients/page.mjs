// Runs in a browser: calls the echo service of another origin by gRPC-Web and tells its own origin what it saw.
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { base64Decode } from '@bufbuild/protobuf/wire';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';

const refusalOf = async call => {
  try {
    await call();
    return null;
  } catch (thrown) {
    const error = ConnectError.from(thrown);
    return { code: Code[error.code], details: error.rawMessage, reason: error.metadata.get('reason') };
  }
};

const run = async () => {
  const { address, descriptors } = await (await fetch('/task')).json();
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, base64Decode(descriptors)));
  const service = registry.getService('fooddelivery.tests.echo.v1.EchoService');
  const client = createClient(service, createGrpcWebTransport({ baseUrl: address, useBinaryFormat: true }));
  const often = async request => {
    const numbers = [];
    for await (const answer of client.sayOften(request)) {
      numbers.push(answer.number);
    }
    return numbers;
  };
  return {
    unary: (await client.say({ text: '안녕 🍜' })).text,
    server_stream: await often({ times: 5, delayMs: 20 }),
    refusal: await refusalOf(() => client.say({ text: 'refuse' })),
    stream_refusal: await refusalOf(() => often({ text: 'refuse', times: 2 })),
    deadline: await refusalOf(() => client.say({ delayMs: 60000 }, { timeoutMs: 300 })),
  };
};

run().catch(error => ({ failed: `${error}` }))
  .then(seen => fetch('/seen', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(seen) }));
