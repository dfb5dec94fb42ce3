// The queue layer alone: adds jobs, keeps so many in flight, and waits for each result as a client would.
// Reads `IN_FLIGHT SECONDS` per line, answers one line of JSON each.
import readline from 'node:readline';
import { Queue, QueueEvents } from 'bullmq';
import { connection, input, name, startWorker } from './queue-setting.mjs';

const queue = new Queue(name, { connection });
queue.setMaxListeners(0);
const events = new QueueEvents(name, { connection });
events.setMaxListeners(0);
await events.waitUntilReady();
// Adding and working in one process, unless a worker of its own was started beside.
const worker = process.env.WORKER_APART ? undefined : await startWorker();
console.log('ready');

async function run(inFlight, seconds) {
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const latencies = [];
  async function client() {
    while (performance.now() < end) {
      const from = performance.now();
      const job = await queue.add('analyze', input);
      await job.waitUntilFinished(events, 30_000);
      latencies.push((performance.now() - from) * 1000);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client));
  return { seconds: (performance.now() - begun) / 1000, latencies_us: latencies.map(Math.round) };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [inFlight, seconds] = line.split(' ').map(Number);
  console.log(JSON.stringify(await run(inFlight, seconds)));
}
await worker?.close();
await events.close();
await queue.close();
