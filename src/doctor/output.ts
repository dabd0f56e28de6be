import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { LoadedConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, problem } = inSection("configuration");

/** Whether the site has a folder that can be written, that holds nothing else, and that no source reads. */
export function outputFindings({ config, directory, file }: LoadedConfig, effects: Effects): Finding[] {
  const output = resolve(directory, config.output);
  const shownAs = shownPath(output, effects.cwd);
  const found = statSync(output, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) {
    return [
      problem(
        shownAs,
        "`output` is a file, where the site needs a folder",
        "name another folder at `output`",
      ),
    ];
  }
  const swallowed = [file, resolve(directory, config.database), ...sourcePaths(config, directory)].find(
    (path) => isInside(path, output),
  );
  if (swallowed !== undefined) {
    return [
      problem(
        shownAs,
        `\`output\` holds ${shownPath(swallowed, effects.cwd)}, which would be published with the site`,
        "name a folder of its own at `output`",
      ),
    ];
  }
  const read = readBack(config, directory, output);
  if (read !== undefined) {
    return [
      problem(
        shownAs,
        `\`output\` lies where ${read} is read from, so that what was published would be collected`,
        "name a folder outside of it at `output`",
      ),
    ];
  }
  const writable = nearestFolder(output);
  return isWritable(writable)
    ? [ok(shownAs, found === undefined ? "`output` can be made" : "`output` can be written")]
    : [
        problem(
          shownAs,
          `\`output\` cannot be written: ${writable} is not ours to write`,
          "change its owner or permissions, or name another folder",
        ),
      ];
}

/** A pattern that goes down into every folder, that of the site included. */
function readBack(config: LoadedConfig["config"], directory: string, output: string): string | undefined {
  return Object.values(config.sources)
    .flatMap((source) => (source.collector === "files" ? source.files : []))
    .map(({ path }) => path)
    .find((path) => path.includes("**") && isInside(output, resolve(directory, folderBefore(path))));
}

/** Of a pattern, the folder before its first wildcard. */
const folderBefore = (pattern: string) => pattern.replace(/[^/]*[*?{[(!].*$/, "");

/** Where sources stand, as far as a path says it. */
function sourcePaths(config: LoadedConfig["config"], directory: string): string[] {
  const paths = Object.values(config.sources).flatMap((source) => [
    ...(source.collector === "git" ? source.repositories.map(({ path }) => path) : []),
    ...(source.collector === "files" ? source.files.map(({ path }) => folderBefore(path)) : []),
  ]);
  return paths.map((path) => resolve(directory, path)).filter((path) => path !== resolve(directory));
}

const isInside = (path: string, folder: string) =>
  path === folder || !relative(folder, path).split(sep).includes("..");

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
