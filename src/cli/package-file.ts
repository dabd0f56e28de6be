import { join } from "node:path";
import { packageRoot } from "../package-root.ts";

/** Path of a file that comes with the package; the same in the repository and in the emitted one. */
export const packageFile = (...path: string[]): string => join(packageRoot, ...path);
