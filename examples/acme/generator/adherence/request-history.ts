import { HOUR, isoUtc } from "../clock.ts";
import { csv, known, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { auditedRequests } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** The steps of requests: when each was first approved, and again where somebody asked for it afterwards. */
export function requestHistoryFile(world: World): TextFile {
  const rows = auditedRequests(world).flatMap(({ id, approvals, closedAt }) => {
    const step = (at: number, from_status: string) => ({
      ticket: id,
      at: known(at, isoUtc),
      from_status,
      to_status: "Approved",
    });
    const first = step(Math.min(...approvals.map(({ decidedAt }) => decidedAt)), "Assess");
    return isWithheld("approval that stays", id) ? [first, step(closedAt - HOUR, "Implement")] : [first];
  });
  return { name: "request-history.csv", text: csv(rows.filter(({ at }) => at !== undefined)) };
}
