import { posix } from "node:path";

/** Types vanish, so what they are imported from may be missing. */
const relativeImports = (text: string): string[] =>
  [...text.matchAll(/^(?:import (?!type\b)[^;]*?|export (?!type\b)[^;]*? from )"(\.[^"?]+)(?:\?\w+)?";/gms)].map(
    ([, path]) => path ?? "",
  );

/** These files and everything that they import, however far; those that are missing are named too. */
export function reachable(files: readonly string[], read: (file: string) => string): string[] {
  const found = new Set(files);
  for (const file of found)
    for (const path of relativeImports(read(file))) found.add(posix.join(posix.dirname(file), path));
  return [...found];
}
