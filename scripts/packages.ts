import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/package-root.ts";

/** What package-lock.json says of a package. */
export interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface Package extends Locked {
  readonly name: string;
  /** Its folder below the repository. */
  readonly path: string;
}

interface Manifest {
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(packageRoot, name), "utf8"));

/** Every package that `npm ci` may install here. */
export function lockedPackages(): Package[] {
  const { packages } = read("package-lock.json") as { readonly packages: Readonly<Record<string, Locked>> };
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, locked]) => ({ ...locked, path, name: path.replace(/^.*node_modules\//, "") }));
}

/** Node itself, for those who work on this: taken out when packing. */
export const ownNode = (): readonly string[] =>
  Object.keys((read("package.json") as Manifest).optionalDependencies);

/** Comes to people who install the packed file, as far as it fits their machine. */
export const isDelivered = ({ dev, name }: Package): boolean => dev !== true && !ownNode().includes(name);
