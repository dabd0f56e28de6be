import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export const BIN = join(import.meta.dirname, "../../bin/quarterdeck.js");

export interface Ended {
  readonly code: number | null;
  readonly isKilled: boolean;
  readonly printed: string;
  /** Milliseconds since it said that it is ready. */
  readonly took: number;
}

export interface Process {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the means to kill it, once it is there. */
  readonly onStart?: (kill: () => void) => void;
  /** Killed so many milliseconds after it has said that it is ready. */
  readonly killAfter?: number | undefined;
}

/** Says to the process that waits that what it waits for begins now. */
export const READY = "ready\n";

/** Runs a script in a process of its own, which may be killed as a loss of power would. */
export async function runProcess(
  args: readonly string[],
  { folder, env, onStart, killAfter }: Process,
): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => void child.kill("SIGKILL");
  let printed = "";
  let ready = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const read = (data: Buffer) => {
    const text = data.toString();
    printed += text;
    if (!text.includes(READY)) return;
    ready = performance.now();
    if (killAfter !== undefined) timer = setTimeout(kill, killAfter);
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", read);
  onStart?.(kill);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  clearTimeout(timer);
  return { code, isKilled: signal === "SIGKILL", printed, took: performance.now() - ready };
}
