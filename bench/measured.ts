import { execa } from "execa";

/** What a process took, the time to start it included. */
export interface Measured {
  readonly seconds: number;
  readonly processor_seconds: number;
  readonly peak_gb: number;
}

const USAGE = "quarterdeck-bench-usage ";

/** Says at the end what the process took. */
const REPORT = `process.on("exit", () => { const { user, system } = process.cpuUsage();
  require("node:fs").writeSync(2, "\\n${USAGE}" + JSON.stringify({ processor_seconds: (user + system) / 1e6, peak_gb: process.resourceUsage().maxRSS / 1024 ** 2 }) + "\\n"); });`;

/** Runs a program of Node.js in a process of its own, and says what it took and printed. */
export async function measured(args: readonly string[], cwd = process.cwd()): Promise<Measured & { readonly stdout: string }> {
  const began = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("file:///");${REPORT}`)}`;
  const { stdout, stderr } = await execa(process.execPath, ["--import", preload, ...args], { cwd });
  const usage = stderr.split("\n").findLast((line) => line.startsWith(USAGE)) ?? "";
  const { processor_seconds = 0, peak_gb = 0 } = JSON.parse(usage.slice(USAGE.length)) as Partial<Measured>;
  return { seconds: (performance.now() - began) / 1000, processor_seconds, peak_gb, stdout };
}
