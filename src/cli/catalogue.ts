import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { writeNewFile } from "../new-file.ts";
import { ENGLISH } from "../site/text/catalogue.ts";
import { readTranslation } from "../site/text/translation.ts";
import { readArguments } from "./command.ts";
import { catalogue as command } from "./help/catalogue.ts";

/** Begins a translation, or says what it lacks. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [named] = positionals;
  const file = named === undefined ? await configured(values.config, effects) : resolve(effects.cwd, named);
  const shownAs = shownPath(file, effects.cwd);
  if (named !== undefined && !existsSync(file)) return begin(file, shownAs, effects);
  const { missing } = await readTranslation(file, shownAs);
  const all = Object.keys(ENGLISH.messages).length;
  effects.stderr(`${shownAs}: ${all - missing.length} of ${all} messages are translated\n`);
  if (missing.length === 0) return 0;
  effects.stdout(jsonOf(Object.fromEntries(missing.map((key) => [key, ENGLISH.messages[key]]))));
  return 1;
}

async function configured(config: string | undefined, effects: Effects): Promise<string> {
  const loaded = await loadConfig(config, effects, { secrets: "ignored" });
  const { catalogue } = loaded.config.publish;
  if (catalogue !== undefined) return resolve(loaded.directory, catalogue.file);
  throw new UsageError("catalogue needs <file>: the configuration has no `publish.catalogue`");
}

async function begin(file: string, shownAs: string, effects: Effects): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  await writeNewFile(file, jsonOf(ENGLISH.messages));
  effects.stdout(`${shownAs} has all messages in English: translate them, and name the file under \`publish.catalogue\`\n`);
  return 0;
}

const jsonOf = (messages: object) => `${JSON.stringify(messages, null, 2)}\n`;
