import { once } from "node:events";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { readArguments } from "./command.ts";
import { preview } from "./help/preview.ts";
import { serveFolder } from "./preview/server.ts";

const PORT = "4477";

/** Serves the output folder to this machine until it is interrupted. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(preview, args);
  const port = portOf(values.port ?? PORT);
  const { config, directory } = await loadConfig(values.config, effects, { secrets: "ignored" });
  const folder = resolve(directory, config.output);
  await requireFolder(folder, shownPath(folder, effects.cwd));
  const server = await serveFolder(folder, port);
  effects.stdout(`Serving ${shownPath(folder, effects.cwd)} on ${server.url} (Ctrl-C ends it)\n`);
  await once(process, "SIGINT");
  await server.close();
  return 0;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port: expected a number from 0 to 65535, found ${JSON.stringify(text)}`);
}

async function requireFolder(folder: string, shownAs: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`there is no folder ${shownAs}; \`quarterdeck build\` makes it`);
}
