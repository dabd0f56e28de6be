import type { Change, ChangeRequest, Deployment, Head, Release, World } from "../records.ts";
import type { Service } from "../services.ts";

/** Services whose process auditors look at. Cards (legacy) went by the processor's until its end. */
export const AUDITED = ["payments", "ledger", "identity", "core-banking", "regulatory-reporting"] as const;

/** Those that keep the bank's books: signed artifacts came to them first. */
export const BOOKS = ["ledger", "core-banking", "regulatory-reporting"] as const;

const names = (list: readonly string[], { name }: Service) => list.includes(name);

export const isAudited = (service: Service) => names(AUDITED, service);
export const keepsBooks = (service: Service) => names(BOOKS, service);

/** Attempts to put something of an audited service into production. */
export const auditedDeployments = (world: World): Deployment[] =>
  world.deployments.filter(({ service, environment }) => isAudited(service) && environment !== "staging");

export const auditedRequests = (world: World): ChangeRequest[] =>
  world.changeRequests.filter(({ service }) => isAudited(service));

export const auditedReleases = (world: World): Release[] =>
  world.releases.filter(({ service }) => isAudited(service));

/** As Quarterdeck calls it: the first attempt by its run, another by its number too. */
export const deploymentId = ({ run, attempt }: Deployment) =>
  `pipeline:${run.id}${attempt > 1 ? `#${attempt}` : ""}`;

export const shaOf = ({ pick, change }: Head) => pick?.sha ?? change.sha;

/** What a head puts there: the change, or what was picked. */
export const madeAt = ({ pick, change }: Head) => pick?.committedAt ?? change.mergedAt;

export const isMigration = (change: Change) => change.labels.includes("migration");

/** Something that is not chance but looks like it: the same for the same name, whatever else there is. */
export function lot(name: string, among: number): number {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % among;
}
