import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string }; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where a function belongs, by its file; the first that fits. */
const PHASES: readonly (readonly [phase: string, file: RegExp])[] = [
  ["charts", /\/node_modules\/(vega|d3-)|\/src\/site\/charts\//],
  ["writing", /\/src\/site\/(machine-form|publish|site-list|search|feed-file|calendar-file)|\/reports\/folder\/sums/],
  ["queries", /\/node_modules\/@duckdb\/|\/src\/(warehouse|site\/read)/],
  ["pages", /\/\.prerender\//],
  ["bundling and start", /\/node_modules\//],
];

/** Work of the file system has no caller in a profile. */
const FILES = /^(mkdir|open|openFileHandle|close|read|readFileUtf8|write\w*|copyFile|rename|fstat|stat|lstat|readdir|realpath)$/;

/** Seconds of all threads that make pages by phase, from the profiles that `node --cpu-prof` left in a folder. */
export async function phasesOf(folder: string): Promise<Record<string, number>> {
  const seconds: Record<string, number> = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"))) await add(join(folder, file), seconds);
  return seconds;
}

async function add(file: string, seconds: Record<string, number>): Promise<void> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(file, "utf8")) as Profile;
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const known = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const phases = new Map<number, string>();
  const phaseOf = (id: number): string => {
    const frame = known.get(id);
    if (frame === undefined || frame.functionName === "(root)") return "other";
    if (frame.functionName === "(idle)" || frame.functionName === "(program)") return "idle";
    if (frame.functionName === "(garbage collector)") return "garbage collection";
    if (frame.url === "" && FILES.test(frame.functionName)) return "writing";
    const found = PHASES.find(([, path]) => path.test(frame.url))?.[0];
    return found ?? phaseOf(parents.get(id) ?? -1);
  };
  samples.forEach((id, at) => {
    const phase = phases.get(id) ?? phaseOf(id);
    phases.set(id, phase);
    seconds[phase] = (seconds[phase] ?? 0) + (timeDeltas[at] ?? 0) / 1e6;
  });
}
