import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { calibration } from "./guard/calibration.ts";
import { best, MOST, table, tooSlow, type Ratios } from "./guard/compared.ts";
import { measuresIn, type Measure } from "./guard/stages.ts";
import { machine } from "./machine.ts";
import type { Options } from "./options.ts";

const FILE = join(import.meta.dirname, "guard.json");
const TRIES = 3;

/** Fails where a stage of the pipeline takes more than twice as much as is recorded, relative to work that never changes. */
export async function guard({ record }: Pick<Options, "record">): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-guard-"));
  const { ratios: recorded } = JSON.parse(await readFile(FILE, "utf8")) as { ratios: Ratios };
  let ratios: Ratios = {};
  try {
    for (const measure of await measuresIn(folder))
      ratios = { ...ratios, ...(await measured(measure, (found) => !record && tooSlow(found, recorded).length === 0)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`processor time of each stage, in calibration loops; load ${loadavg()[0]?.toFixed(1)}\n       now  recorded`);
  console.log(table(ratios, recorded).join("\n"));
  if (record) return recordAnew(ratios);
  const slow = tooSlow(ratios, recorded);
  if (slow.length === 0) return;
  console.log(`more than ${MOST} times slower than recorded in bench/guard.json: ${slow.join(", ")}. Make it faster; or, where what is made is worth it, record it anew: npm run bench -- guard --record`);
  process.exitCode = 1;
}

/** Three times at most: the best counts, and what is good enough is not tried again. */
async function measured(measure: Measure, isEnough: (ratios: Ratios) => boolean): Promise<Ratios> {
  let ratios: Ratios = {};
  for (let tries = 0; tries < TRIES && (tries === 0 || !isEnough(ratios)); tries += 1) {
    const before = await loop();
    const times = await measure();
    const unit = (before + (await loop())) / 2;
    ratios = best(ratios, Object.fromEntries(Object.entries(times).map(([stage, seconds]) => [stage, seconds / unit])));
  }
  return ratios;
}

/** The first loops of a process compile what they run. */
async function loop(): Promise<number> {
  const times = [];
  for (let at = 0; at < 2; at += 1) times.push(await calibration());
  return Math.min(...times);
}

async function recordAnew(ratios: Ratios): Promise<void> {
  const rounded = Object.fromEntries(Object.entries(ratios).map(([stage, ratio]) => [stage, Number(ratio.toFixed(2))]));
  await writeFile(FILE, `${JSON.stringify({ machine: machine(), ratios: rounded }, null, 2)}\n`);
  console.log("recorded in bench/guard.json");
}
