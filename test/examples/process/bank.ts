import { SEED } from "../../../examples/acme/generate.ts";
import {
  auditedDeployments,
  auditedReleases,
  auditedRequests,
  deploymentId,
  isAudited,
  keepsBooks,
} from "../../../examples/acme/generator/adherence/audited.ts";
import { berlin, type Instant } from "../../../examples/acme/generator/clock.ts";
import type { ChangeRequest, Deployment, Wave } from "../../../examples/acme/generator/records.ts";
import { services } from "../../../examples/acme/generator/services.ts";
import { imagine } from "../../../examples/acme/generator/world.ts";
import { shippedBy } from "./shipped.ts";

/** A unit that a control finds: `AUT-01 fail` -> units. */
export interface Finding {
  readonly control: string;
  readonly unit: string;
  readonly status: "fail" | "exempt" | "unknown";
}

export const { world } = imagine(SEED, 1);
export const deployments = auditedDeployments(world);
export const requests = auditedRequests(world);
export const releases = auditedReleases(world);
export const books = deployments.filter(({ service }) => keepsBooks(service));

export const waveOf = new Map<Deployment, Wave>(
  world.waves.flatMap((wave) => wave.deployments.map((deployment) => [deployment, wave] as const)),
);
export const shipped = new Map(
  services.filter(isAudited).flatMap((service) => [...shippedBy(world, service)]),
);
export const deploymentsOf = Map.groupBy(deployments, ({ changeRequest }) => changeRequest);

/** Emergencies go another way. */
export const isUrgent = ({ changeRequest }: Deployment) => changeRequest?.type === "emergency";

export const requestUnit = ({ id }: ChangeRequest) => `service-desk:${id}`;

export const found = (control: string, status: Finding["status"], units: readonly string[]): Finding[] =>
  units.map((unit) => ({ control, status, unit }));

export const ids = (list: readonly Deployment[]) => list.map(deploymentId);

/** In days for which nobody gives their word. */
export const isWithin = (from: string, until: string) => (at: Instant) =>
  berlin(from) <= at && at < berlin(until);
export const isUnvouched = isWithin("2026-02-16", "2026-02-21");
export const isCalendarUnread = isWithin("2026-02-17", "2026-02-18");
