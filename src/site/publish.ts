import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { glob } from "tinyglobby";

/** Names the files that the last build put here, so that the next one removes those that are gone. */
const LIST = ".quarterdeck-site";

/** Copies a built site into its folder and removes pages that no longer exist. Returns the number of pages. */
export async function publish(from: string, to: string): Promise<number> {
  const files = (await glob("**/*", { cwd: from, dot: true })).toSorted();
  for (const file of await formerFiles(to)) {
    if (!files.includes(file)) await rm(join(to, file), { force: true });
  }
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await copyFile(join(from, file), join(to, file));
  }
  await writeFile(join(to, LIST), files.map((file) => `${file}\n`).join(""));
  return files.filter((file) => file.endsWith(".html")).length;
}

async function formerFiles(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, LIST), "utf8").catch(() => "");
  return list.split("\n").filter((file) => /^[a-z0-9][a-z0-9/.-]*\.html$/.test(file) && !file.includes(".."));
}
