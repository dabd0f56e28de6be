import { join } from "node:path";
import { execa } from "execa";
import type { LoadedConfig } from "../config/load.ts";
import { secretsIn } from "../config/secret.ts";
import type { Effects } from "../effects.ts";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";

const BIN = join(packageRoot, "bin/quarterdeck.js");

/**
 * `quarterdeck build` in a process of its own: what writing pages loads stays in memory until its process ends, about
 * 20 MB each time. It asks no source, so it gets no token.
 * @throws {DataError} with what it said last, when it failed
 */
export async function buildInOwnProcess({ config, file }: LoadedConfig, effects: Effects): Promise<void> {
  const secrets = new Set(secretsIn(config).map(({ variable }) => variable));
  const env = Object.fromEntries(Object.entries(effects.env).filter(([name]) => !secrets.has(name)));
  const { stdout, stderr, exitCode } = await execa(process.execPath, [BIN, "build", "--config", file], {
    ...{ cwd: effects.cwd, env, extendEnv: false, stdin: "ignore", reject: false, stripFinalNewline: false },
  });
  if (exitCode !== 0) throw new DataError(reasonIn(stderr) || "the build was ended by the system");
  effects.stdout(stdout);
  effects.stderr(stderr);
}

const reasonIn = (stderr: string) =>
  stderr
    .slice(stderr.lastIndexOf("quarterdeck: "))
    .replace(/^quarterdeck: /, "")
    .trim();
