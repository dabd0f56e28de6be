import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { parse, stringify } from "yaml";
import { configDocument } from "../../../../src/config/document.ts";
import { parseConfig } from "../../../../src/config/load.ts";
import { brokenRules } from "../../../../src/config/rules.ts";
import { configSchema } from "../../../../src/config/schema.ts";
import { ConfigError } from "../../../../src/errors.ts";
import { packageRoot } from "../../../../src/package-root.ts";
import type { Input, Reader, Sample } from "../reader.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");

/** Acme's, a part at a time, since what it says of one thing hides nothing of another; and every case of the tests. */
function samples(): Sample[] {
  const acme = parse(read("examples/acme/quarterdeck.yaml"), { maxAliasCount: -1 }) as Record<string, object>;
  const parts = Object.keys(acme).map((key) => stringify({ organisation: "Acme", [key]: acme[key] }));
  const cases = globSync("test/config/input/*/*.yaml", { cwd: packageRoot }).sort().map(read);
  return [...parts, ...cases]
    .filter((text) => text.length < 6000)
    .map((text) => ({ name: "quarterdeck.yaml", bytes: Buffer.from(text) }));
}

/** Taken in whole, or refused with the line of everything that is wrong. */
function readOne({ bytes }: Input): void {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return;
  }
  try {
    configDocument(parseConfig(text, "quarterdeck.yaml", configSchema, { TOKEN: "t" }, brokenRules));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = text.split(/\r\n|\r|\n/).length;
    for (const { line, message } of error.problems)
      if (!(line >= 1 && line <= lines + 1) || message === "" || message.length > 3000)
        throw new Error(`a problem without place or words: line ${line}: ${message.slice(0, 200)}`, { cause: error });
  }
}

export const configReader: Reader = {
  name: "config",
  test: 150,
  together: 50,
  open: () =>
    Promise.resolve({
      samples: samples(),
      read: (inputs) => {
        inputs.forEach(readOne);
        return Promise.resolve();
      },
    }),
};
