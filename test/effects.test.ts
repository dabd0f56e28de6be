import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const hasScript = process.platform === "linux" && existsSync("/usr/bin/script");
const effects = join(import.meta.dirname, "../src/effects.ts");
const SAYING = `
  const { realEffects } = await import(process.argv[1]);
  realEffects.stdout(String.fromCodePoint(97, 27) + "[2J\\tb\\n");`;
const node = [process.execPath, "--input-type=module", "-e", SAYING, effects];

test.skipIf(!hasScript)("no text speaks to a terminal, and none is altered on its way to a program (needs script)", () => {
  const [program = "", ...args] = node;
  expect(execFileSync(program, args, { encoding: "utf8" })).toBe("a\u001b[2J\tb\n");
  const command = node.map((word) => `'${word}'`).join(" ");
  expect(execFileSync("/usr/bin/script", ["-qec", command, "/dev/null"], { encoding: "utf8" })).toBe("a\ufffd[2J\tb\r\n");
});
