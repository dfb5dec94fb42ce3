// What the programs of this folder share: the server, the queue's name, a request and its answer.
import fs from 'node:fs';
import { Worker } from 'bullmq';

export const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
export const name = process.env.QUEUE_NAME;
export const input = JSON.parse(fs.readFileSync(process.env.INPUT_FILE, 'utf8'));
export const answer = JSON.parse(fs.readFileSync(process.env.ANSWER_FILE, 'utf8'));

// A worker that does nothing but answer.
export async function startWorker() {
  const concurrency = Number(process.env.CONCURRENCY);
  const worker = new Worker(name, async (job) => ({ ...answer, text: job.data.text }), { connection, concurrency });
  await worker.waitUntilReady();
  return worker;
}
