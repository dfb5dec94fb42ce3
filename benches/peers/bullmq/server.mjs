// The whole path as one would build it with BullMQ: Node's http, the same JSON, the same wait.
import http from 'node:http';
import { Queue, QueueEvents } from 'bullmq';
import { connection, name } from './queue-setting.mjs';

const queue = new Queue(name, { connection });
queue.setMaxListeners(0);
const events = new QueueEvents(name, { connection });
events.setMaxListeners(0);
await events.waitUntilReady();

function send(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function analyze(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof body.text !== 'string' || typeof body.session_id !== 'string') {
    return send(response, 422, { title: 'text and session_id are needed' });
  }
  const job = await queue.add('analyze', body);
  send(response, 200, await job.waitUntilFinished(events, 30_000));
}

const server = http.createServer((request, response) => {
  analyze(request, response).catch((error) => send(response, 500, { title: error.message }));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
