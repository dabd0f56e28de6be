import type { Issuing } from "../../../reports/folder/edition.ts";
import { buildPeriodPack } from "../../../reports/period/build.ts";
import { periodOf } from "../../../reports/period/range.ts";
import { MONTHS } from "../../config/schema.ts";
import { didYouMean } from "../../config/suggest.ts";
import type { Effects } from "../../effects.ts";
import { UsageError } from "../../errors.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import type { Session } from "../session.ts";
import { sampleRequest } from "./sample.ts";
import { sayWritten } from "../write-packs.ts";

export interface PeriodOptions {
  readonly framework?: string | undefined;
  readonly services?: string | undefined;
  readonly full?: boolean | undefined;
  readonly sample?: string | undefined;
  readonly seed?: string | undefined;
  readonly stratify?: string | undefined;
  readonly ids?: string | undefined;
}

/** Writes the pack of a period. */
export async function packPeriod(
  session: Session,
  label: string | undefined,
  options: PeriodOptions,
  folder: string,
  effects: Effects,
  issuing: Issuing,
  called: (text: string) => string = (text) => text,
): Promise<void> {
  const { warehouse, loaded, asOf, localQueries } = session;
  if (label === undefined)
    throw new UsageError("pack period needs a period, such as 2026-Q1, 2025 or 2025-07-01..2025-12-31");
  const period = periodOf(label, MONTHS.indexOf(loaded.config.quarter_start) + 1);
  await refuseFuture(warehouse, period.from, label, asOf);
  const services = await chosenServices(warehouse, options.services);
  const framework = options.framework;
  const asked = sampleRequest(options, label, effects);
  const sample = asked === undefined ? undefined : { ...asked, seed: called(asked.seed), ids: asked.ids.map(called) };
  if (framework !== undefined)
    await refuseUnknown(
      warehouse,
      "framework",
      [framework],
      "select framework as name from controls.framework",
    );
  const request = { period, services, framework, sample, isFull: options.full };
  const pack = await buildPeriodPack(warehouse, request, folder, { localQueries, issuing, onRead: () => warehouse.close() });
  sayWritten(pack, label, effects);
}

async function refuseFuture(warehouse: Warehouse, from: string, label: string, asOf: string): Promise<void> {
  const [row] = await warehouse.rows<{ is_future: boolean }>(
    "select timezone(getvariable('time_zone'), ?::timestamp) >= getvariable('as_of')::timestamptz as is_future",
    [from],
  );
  if (row?.is_future === true)
    throw new UsageError(`pack period: ${label} begins after ${asOf}, up to which events are known`);
}

async function chosenServices(warehouse: Warehouse, text: string | undefined): Promise<string[]> {
  if (text === undefined) return [];
  const services = [...new Set(text.split(",").map((name) => name.trim()))]
    .filter((name) => name !== "")
    .sort();
  if (services.length === 0)
    throw new UsageError("--services: expected names of services, separated by commas");
  await refuseUnknown(warehouse, "service", services, "select service as name from model.service");
  return services;
}

/** A name that nothing has would find nothing, which reads as if all were well. */
async function refuseUnknown(
  warehouse: Warehouse,
  kind: string,
  names: readonly string[],
  sql: string,
): Promise<void> {
  const known = (await warehouse.rows<{ name: string }>(`${sql} order by name`)).map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const hint = unknown.length === 1 ? didYouMean(unknown[0] ?? "", known) : "";
  throw new UsageError(
    `no ${kind} ${unknown.map((name) => JSON.stringify(name)).join(", ")} is known${hint}`,
  );
}
