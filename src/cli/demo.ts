import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { LINKS_FILE } from "../config/links-file.ts";
import { CONFIG_FILE, loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { outputFolder, writeSite } from "./build.ts";
import { calledAs } from "./called-as.ts";
import { collectInto } from "./collect.ts";
import { readArguments } from "./command.ts";
import { demo as command } from "./help/demo.ts";
import { packageFile } from "./package-file.ts";
import { recordFigures } from "./published.ts";
import { openSession } from "./session.ts";
import { packsFolder, writeSitePacks } from "./write-packs.ts";

const FOLDER = "quarterdeck-demo";

/** Makes the data of a made-up company, collects it, and writes its site and packs. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { positionals, values } = readArguments(command, args);
  const folder = resolve(effects.cwd, positionals[0] ?? FOLDER);
  const config = join(folder, CONFIG_FILE);
  await mkdir(folder, { recursive: true });
  effects.stdout("Making two years of a made-up bank ...\n");
  const { events = false } = values;
  await copyFile(packageFile("examples", "acme", events ? "events.yaml" : CONFIG_FILE), config);
  await copyFile(packageFile("examples", "acme", LINKS_FILE), join(folder, LINKS_FILE));
  await generateAcme(join(folder, "data"), { events });
  effects.stdout("Collecting ...\n");
  const quiet: Effects = { ...effects, stderr: () => undefined, isTerminal: false };
  // A few rows are wrong on purpose, so that the data page shows what becomes of them.
  if ((await collectInto(await loadConfig(config, effects), {}, quiet)) === 2) return 2;
  return publish(config, effects);
}

async function publish(config: string, effects: Effects): Promise<number> {
  effects.stdout("Computing, drawing and writing ...\n");
  const session = await openSession({ config, "as-of": ACME_AS_OF }, effects);
  try {
    const output = outputFolder(session, undefined, effects);
    await writeSitePacks(session, output, effects);
    const { pages } = await writeSite(session, output, effects);
    await recordFigures(session, effects);
    effects.stdout(
      whereToLook(shownPath(output, effects.cwd), shownPath(packsFolder(output, session.loaded.config), effects.cwd), pages, shownPath(config, effects.cwd), calledAs(effects)),
    );
    return 0;
  } finally {
    session.warehouse.close();
  }
}

const whereToLook = (output: string, packs: string, pages: number, config: string, command: string) => `
${pages} pages: open ${join(output, "index.html")} in a browser
release packs: ${packs}

Next: ${command} -C ${config} metrics --as-of ${ACME_AS_OF} --by quarter
      ${command} init ../your-clone
`;
