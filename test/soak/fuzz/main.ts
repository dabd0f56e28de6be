import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuzz, type Failure } from "./fuzz.ts";
import type { Reader } from "./reader.ts";
import { READERS } from "./readers.ts";
import { watchdog } from "./watchdog.ts";

const SEED = 1_000_000;
const INPUTS = 100_000;

/** `npm run soak -- fuzz [reader] [inputs] [seed]`: all readers, 100,000 inputs each, unless less is asked for. Returns the exit code. */
export async function fuzzReaders([
  name = "all",
  inputs = "",
  seed = "",
]: readonly string[]): Promise<number> {
  const chosen = READERS.filter((reader) => name === "all" || reader.name === name);
  if (chosen.length === 0) {
    process.stderr.write(`expected a reader: ${READERS.map((reader) => reader.name).join(", ")}, or all\n`);
    return 2;
  }
  let failures = 0;
  for (const reader of chosen) failures += await one(reader, Number(inputs || INPUTS), Number(seed || SEED));
  return failures > 0 ? 1 : 0;
}

async function one(reader: Reader, inputs: number, seed: number): Promise<number> {
  const dog = watchdog(reader.name);
  const began = process.cpuUsage();
  try {
    let told = 0;
    const { failures } = await fuzz(reader, {
      inputs,
      seed,
      onRead: (current) => dog.beat(current),
      onBatch: (done) => {
        if (done < told + inputs / 10) return;
        told = done;
        process.stdout.write(`${reader.name}: ${done} of ${inputs}\n`);
      },
    });
    for (const [index, failure] of failures.entries()) tell(reader, failure, index);
    const { user, system } = process.cpuUsage(began);
    const which = failures.length === 0 ? "none failed" : `${failures.length} kinds of failure`;
    process.stdout.write(
      `${reader.name}: ${inputs} inputs from seed ${seed}, ${Math.round((user + system) / 1e6)} CPU seconds, ${which}\n`,
    );
    return failures.length;
  } finally {
    await dog.stop();
  }
}

function tell({ name, together }: Reader, { seed, message, input }: Failure, index: number): void {
  process.stdout.write(
    `\n${name}: failed; again: npm run soak -- fuzz ${name} ${together} ${seed}\n${message}\n`,
  );
  if (input === undefined) return;
  const folder = join(tmpdir(), "quarterdeck-fuzz-failures");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${seed}-${index}`);
  writeFileSync(path, input.bytes);
  process.stdout.write(
    `${input.name.replaceAll("\t", " ")}, kept in ${path}: ${JSON.stringify(input.bytes.toString("latin1", 0, 400))}\n`,
  );
}
