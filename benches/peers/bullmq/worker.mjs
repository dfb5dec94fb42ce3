// A worker in a process of its own, as the fleet's workers are.
import { startWorker } from './queue-setting.mjs';

const worker = await startWorker();
console.log('ready');
// The end of the input is the end of the load program.
process.stdin.resume();
process.stdin.on('end', async () => {
  await worker.close();
  process.exit(0);
});
