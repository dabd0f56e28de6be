import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import { controlHeader } from "../controls/entry.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { writeNewFile } from "../new-file.ts";
import { isProducts, queryFiles } from "../warehouse/model.ts";
import { placeOf } from "../warehouse/query-file.ts";
import { readArguments } from "./command.ts";
import { controlTemplate, relationOf } from "./control/template.ts";
import { control as command } from "./help/control.ts";
import { localQueriesOf } from "./session.ts";

/** Writes a control to begin with. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [action, given = ""] = positionals;
  if (action !== "new") throw new UsageError(`control: expected \`new\`, found ${JSON.stringify(action)}`);
  const id = idOf(given);
  const folder = localQueriesOf(await loadConfig(values.config, effects, { secrets: "ignored" }));
  if (isProducts(folder)) {
    throw new UsageError("the folder `queries` here is that of the product: name one of your own as `queries` in quarterdeck.yaml");
  }
  refuseTwin(id, folder);
  const file = join(folder, "controls", "own", `${relationOf(id)}.sql`);
  await writeNew(file, controlTemplate(id), effects);
  effects.stdout(`Wrote ${shownPath(file, effects.cwd)}, which works as it is. Change it, then: quarterdeck check --control ${id}\n`);
  return 0;
}

function idOf(text: string): string {
  const read = controlHeader.shape.control.safeParse(text.toUpperCase());
  if (read.success) return read.data;
  throw new UsageError(`control: expected letters, - and a number, such as OWN-01, found ${JSON.stringify(text)}`);
}

function refuseTwin(id: string, folder: string): void {
  const twin = queryFiles(folder).find(({ header }) => header.control === id);
  if (twin) throw new UsageError(`${id} is there already: ${placeOf(twin)}`);
}

async function writeNew(file: string, text: string, effects: Effects): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeNewFile(file, text).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new UsageError(`${shownPath(file, effects.cwd)} is there already and is not overwritten`);
    }
    throw error;
  });
}
