import type { Random } from "./random.ts";
import type { Repository, Service } from "./services.ts";

const FILES = [
  "handler",
  "model",
  "rules",
  "client",
  "view",
  "store",
  "mapping",
  "limits",
  "schedule",
  "errors",
  "format",
  "cache",
];

/** Files that a change of this many lines touches. */
export function touchedPaths(draw: Random, repository: Repository, service: Service, size: number): string[] {
  const count = Math.min(6, 1 + Math.floor(size / 60));
  const own = Array.from({ length: count }, () =>
    inFolder(service, `src/${draw.pick(FILES)}-${draw.integer(1, 9)}.ts`),
  );
  if (draw.chance(0.04)) own.push(inFolder(service, `migrations/V${draw.integer(100, 999)}__change.sql`));
  const shared = repository.sharedFolder;
  if (shared && draw.chance(0.06))
    return [`${shared}/${draw.pick(["money", "http", "audit"])}.ts`, ...(draw.chance(0.5) ? own : [])];
  if (shared && draw.chance(0.02)) return [`tools/${draw.pick(["lint", "release"])}.ts`];
  return [...new Set(own)].sort();
}

export const inFolder = (service: Service, path: string) =>
  service.folder ? `${service.folder}/${path}` : path;

/** Which services ship a change that touches these paths. */
export function servicesOf(repository: Repository, paths: readonly string[]): readonly Service[] {
  const shared = repository.sharedFolder;
  if (shared && paths.some((path) => path.startsWith(`${shared}/`))) return repository.services;
  return repository.services.filter(
    ({ folder }) => !folder || paths.some((path) => path.startsWith(`${folder}/`)),
  );
}

/** One file of a service, for a change that touches no more. */
export const onePath = (draw: Random, service: Service) =>
  inFolder(service, `src/${draw.pick(FILES)}-${draw.integer(1, 9)}.ts`);
