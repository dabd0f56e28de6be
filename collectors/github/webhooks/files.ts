import { basename, dirname, join } from "node:path";
import { existsSync } from "node:fs";
import { findPaths, type FoundPaths, type ReadableFile } from "../../reading/find.ts";
import type { Deliveries } from "../config.ts";

export interface DeliveryFile extends ReadableFile {
  /** Absolute path of the file with its headers. */
  readonly headers: string | undefined;
}

export interface FoundDeliveries extends Omit<FoundPaths, "files"> {
  readonly files: readonly DeliveryFile[];
}

const SIDECAR = /\.headers(\.json)?$/i;

/** The files with deliveries. `push.json` may have its headers beside it, in `push.headers.json` or `push.json.headers`. */
export async function findDeliveries({ paths }: Deliveries, baseDirectory: string): Promise<FoundDeliveries> {
  const { files, ...others } = await findPaths(paths, baseDirectory);
  const deliveries = files.filter(({ path }) => !SIDECAR.test(path));
  return { files: deliveries.map(({ path, absolute }) => ({ path, absolute, headers: headersOf(absolute) })), ...others };
}

function headersOf(absolute: string): string | undefined {
  const stem = join(dirname(absolute), basename(absolute).replace(/\.json(\.gz)?$/i, ""));
  return [`${stem}.headers.json`, `${absolute}.headers`, `${absolute}.headers.json`].find((path) => existsSync(path));
}
