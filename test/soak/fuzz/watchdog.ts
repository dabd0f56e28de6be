import { Worker } from "node:worker_threads";

const PATIENCE = 300;

const WATCHER = `
const { workerData } = require("node:worker_threads");
const beats = new Int32Array(workerData.shared);
let seen = -1;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now === seen) {
    require("node:fs").writeSync(2, "hangs: seed " + Atomics.load(beats, 1) + " of " + workerData.name + " takes more than ${PATIENCE} s\\n");
    process.kill(process.pid, "SIGKILL");
  }
  seen = now;
}, ${PATIENCE} * 1000);
`;

export interface Watchdog {
  readonly beat: (seed: number) => void;
  readonly stop: () => Promise<unknown>;
}

/** A reader that never returns cannot be asked by the thread that it runs on: another one ends the process and says which seed it was. */
export function watchdog(name: string): Watchdog {
  const shared = new SharedArrayBuffer(8);
  const beats = new Int32Array(shared);
  const worker = new Worker(WATCHER, { eval: true, workerData: { shared, name } });
  worker.unref();
  return {
    beat: (seed) => {
      Atomics.add(beats, 0, 1);
      Atomics.store(beats, 1, seed);
    },
    stop: () => worker.terminate(),
  };
}
