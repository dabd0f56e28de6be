import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FOLDER = join(import.meta.dirname, "../src/site/scripts");

/** The scripts of pages in few bytes, by name. Made here and not by a build, so that a site is the same whichever version of a bundler is installed. */
export async function pageScripts(): Promise<string> {
  const short: Record<string, string> = {};
  for (const name of ["charts", "search", "tables"]) short[name] = await shortened(`${name}.js`);
  return JSON.stringify(short);
}

interface Bundler {
  minify(name: string, code: string, options: object): Promise<{ readonly code: string; readonly errors: readonly unknown[] }>;
}

async function shortened(file: string): Promise<string> {
  const { code, errors } = await (await bundler()).minify(file, await readFile(join(FOLDER, file), "utf8"), { module: false, compress: { target: "es2022" }, mangle: true });
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${JSON.stringify(errors)}`);
  return code.trim();
}

/** Astro's own: the project depends on none. */
async function bundler(): Promise<Bundler> {
  const { resolve } = createRequire(fileURLToPath(import.meta.resolve("astro")));
  return (await import(pathToFileURL(resolve("vite")).href)) as Bundler;
}
