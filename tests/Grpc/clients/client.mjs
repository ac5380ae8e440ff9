// Calls the echo service by grpc-js, with the descriptors on the command line.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, descriptors] = process.argv.slice(2);
const definition = loader.loadFileDescriptorSetFromBuffer(Buffer.from(descriptors, 'base64'), { keepCase: true });
const { EchoService } = grpc.loadPackageDefinition(definition).fooddelivery.tests.echo.v1;
const client = new EchoService(address, grpc.credentials.createInsecure());
const soon = (milliseconds = 10_000) => ({ deadline: Date.now() + milliseconds });

const refusalOf = error => ({
  code: grpc.status[error.code],
  details: error.details,
  reason: error.metadata?.get('reason')[0],
  detail: error.metadata?.get('detail-bin')[0] && [...error.metadata.get('detail-bin')[0]],
});
const say = (request, options = soon()) => new Promise(resolve =>
  client.Say(request, options, (error, answer) => resolve(error ? refusalOf(error) : answer.text)));
const read = stream => new Promise((resolve, reject) => {
  const answers = [];
  stream.on('data', answer => answers.push(answer)).on('end', () => resolve(answers)).on('error', error => resolve(refusalOf(error)));
});
const collect = texts => new Promise(resolve => {
  const stream = client.Collect(soon(), (error, answer) => resolve(error ? refusalOf(error) : answer.text));
  texts.forEach(text => stream.write({ text }));
  stream.end();
});
const converse = texts => {
  const stream = client.Converse(soon());
  texts.forEach(text => stream.write({ text }));
  stream.end();
  return read(stream);
};

console.log(JSON.stringify({
  unary: await say({ text: '안녕 🍜' }),
  server_stream: (await read(client.SayOften({ times: 5 }, soon()))).map(answer => answer.number),
  client_stream: await collect(['a', 'b']),
  duplex: (await converse(['p', 'q'])).map(answer => answer.text),
  refusal: await say({ text: 'refuse' }),
  stream_refusal: await read(client.SayOften({ text: 'refuse', times: 2 }, soon())),
  deadline: await say({ delay_ms: 60000 }, soon(300)),
}));
client.close();
