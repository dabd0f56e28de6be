import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";

/** Path of a file that comes with the package; the same in the repository and in the emitted one. */
export const packageFile = (...path: string[]): string => join(packageRoot, ...path);

/** Version of quarterdeck, as package.json has it. */
export async function productVersion(): Promise<string> {
  const text = await readFile(packageFile("package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
