import type { Layer } from "../../src/warehouse/query-file.ts";
import { type Bench, said } from "../collectors/bench.ts";

/** Collects, and nothing may go wrong. */
export async function expectWhole(one: Bench): Promise<void> {
  const report = await one.collect();
  if (report.streams.some(({ status }) => status !== "completed")) throw new Error(said(report));
}

/** What is made of the model. */
export const BELOW: readonly Layer[] = [
  "correlation",
  "metrics",
  "controls",
  "expectations",
  "reports",
  "publish",
];

/** Tells what each fault is called, as it strikes. */
export const noted =
  <Target, Fault>(
    plan: (target: Target) => Fault | undefined,
    note: (fault: Fault) => void,
  ): ((target: Target) => Fault | undefined) =>
  (target) => {
    const fault = plan(target);
    if (fault !== undefined) note(fault);
    return fault;
  };
