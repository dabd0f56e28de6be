import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { STRATIFICATIONS, type SampleRequest } from "../../../reports/sampling/parameters.ts";
import { oneOf } from "../../config/suggest.ts";
import type { Effects } from "../../effects.ts";
import { UsageError } from "../../errors.ts";
import { wholeNumber } from "../whole-number.ts";

interface SampleOptions {
  readonly sample?: string | undefined;
  readonly seed?: string | undefined;
  readonly stratify?: string | undefined;
  readonly ids?: string | undefined;
}

/** It is printed inside of a shell command, so it holds nothing that a shell reads. */
const SEED = /^[A-Za-z0-9._-]{1,64}$/;

/** The sample that was asked for; nothing where none was. */
export function sampleRequest(
  options: SampleOptions,
  label: string,
  effects: Effects,
): SampleRequest | undefined {
  const { sample, seed, stratify, ids } = options;
  if (ids !== undefined) {
    if (sample !== undefined || seed !== undefined || stratify !== undefined)
      throw new UsageError("--ids names the sample itself: leave out --sample, --seed and --stratify");
    return { size: 0, seed: "", ids: idsOf(ids, effects) };
  }
  if (sample === undefined) {
    if (seed === undefined && stratify === undefined) return undefined;
    throw new UsageError("--seed and --stratify say how to draw a sample: say how large with --sample");
  }
  const size = wholeNumber("--sample", sample, 0);
  if (size < 1) throw new UsageError(`--sample: expected 1 or more, found ${JSON.stringify(sample)}`);
  return { size, seed: seedOf(seed ?? label), stratify: stratificationOf(stratify), ids: [] };
}

function seedOf(seed: string): string {
  if (SEED.test(seed)) return seed;
  throw new UsageError(
    `--seed: expected up to 64 letters, digits, \`.\`, \`_\` or \`-\`, found ${JSON.stringify(seed)}`,
  );
}

function stratificationOf(word: string | undefined): SampleRequest["stratify"] {
  if (word === undefined) return undefined;
  const found = STRATIFICATIONS.find((one) => one === word);
  if (found !== undefined) return found;
  throw new UsageError(`--stratify: expected ${oneOf(STRATIFICATIONS)}, found ${JSON.stringify(word)}`);
}

function idsOf(text: string, effects: Effects): string[] {
  const listed = text.startsWith("@") ? linesOf(text.slice(1), effects) : text.split(",");
  const ids = [...new Set(listed.map((id) => id.trim()).filter((id) => id !== ""))];
  if (ids.length > 0) return ids;
  throw new UsageError(
    "--ids: expected ids of deployments or change requests, separated by commas, or @file with one a line",
  );
}

function linesOf(file: string, effects: Effects): string[] {
  try {
    return readFileSync(resolve(effects.cwd, file), "utf8")
      .replace(/^\ufeff/, "")
      .split(/\r?\n/);
  } catch (error) {
    throw new UsageError(
      `--ids: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
