import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { packageRoot } from "../../src/package-root.ts";

const NOT_COPIED = ["node_modules", "**/node_modules", ".git", "dist", "coverage", "examples/acme/data"];

/** Packs a copy of the repository, so that other tests never see the package.json of the tarball. */
export function packCopy(copy: string, into: string): string {
  const ignore = NOT_COPIED.map((folder) => `${folder}/**`);
  for (const file of globSync("**/*", { cwd: packageRoot, dot: true, ignore })) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(packageRoot, file), join(copy, file));
  }
  symlinkSync(join(packageRoot, "node_modules"), join(copy, "node_modules"));
  const printed = npm(copy, "pack", "--json", "--pack-destination", into);
  return join(into, filename(printed));
}

/** Scripts print on the same stream, so the JSON is what stands last. */
function filename(printed: string): string {
  const [, name] = /"filename":\s*"([^"]+)"/.exec(printed) ?? [];
  if (name === undefined) throw new Error(`npm pack named no file:\n${printed}`);
  return name;
}

export const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("npm", args, {
    cwd,
    env: plainEnvironment(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

/** Does a registry answer? Without one the package cannot be installed: its dependencies are not in it. */
export const hasRegistry = (): boolean => {
  const args = ["view", "pdfkit", "version", "--fetch-retries=0", "--fetch-timeout=10000"];
  return spawnSync("npm", args, { env: plainEnvironment(), stdio: "ignore" }).status === 0;
};

/** What a shell has, without what `npm test` adds: a user's npm does not run inside another one. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const added = /^npm_(?!config_(?:userconfig|registry|cache)$)|^INIT_CWD$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}

/** Names of all files in a tarball, and the text of one. Unpacked once: to ask tar for each of a thousand files takes a minute. */
export function tarball(file: string) {
  const folder = `${file}-unpacked`;
  mkdirSync(folder);
  execFileSync("tar", ["xzf", file, "-C", folder]);
  const root = join(folder, "package");
  return {
    names: globSync("**/*", { cwd: root, dot: true }).sort(),
    text: (name: string) => readFileSync(join(root, name), "utf8"),
  };
}
