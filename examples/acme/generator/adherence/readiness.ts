import { HOUR, isoUtc } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import { membersOf } from "../people.ts";
import type { ChangeRequest, World } from "../records.ts";
import { auditedRequests, isMigration, keepsBooks, lot } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** What is no routine and no emergency is prepared. */
const isPrepared = ({ type }: ChangeRequest) => type === "normal";

/** The checklist before a change goes out, gone through by operations. */
export function readinessReviewsFile(world: World): TextFile {
  const rows = auditedRequests(world)
    .filter((request) => isPrepared(request) && !isWithheld("readiness review", request.id))
    .map(({ id, service, createdAt, plannedStart }) => {
      const reviewedAt = createdAt + Math.round((plannedStart - createdAt) / 2);
      const team = membersOf("operations", reviewedAt);
      return {
        id: `RR-${id.slice(3)}`,
        change_request: id,
        service: service.name,
        reviewed_at: isoUtc(reviewedAt),
        reviewer: team[lot(id, team.length)]?.login,
        outcome: "ready",
        has_rollback_plan: true,
        has_communication_plan: true,
        has_support_cover: true,
        has_monitoring: true,
        has_health_checks: true,
        has_premortem: keepsBooks(service),
      };
    });
  return { name: "readiness-reviews.csv", text: csv(rows) };
}

/** How each prepared change is taken back, written when it is asked for. */
export function rollbackPlansFile(world: World): TextFile {
  const changes = new Map(
    world.deployments.flatMap(({ changeRequest, head }) =>
      changeRequest ? [[changeRequest, head.change] as const] : [],
    ),
  );
  const rows = auditedRequests(world)
    .filter((request) => isPrepared(request) && !isWithheld("rollback plan", request.id))
    .map((request) => {
      const change = changes.get(request);
      const changesSchema = change !== undefined && isMigration(change);
      return {
        id: `RP-${request.id.slice(3)}`,
        change_request: request.id,
        service: request.service.name,
        recorded_at: isoUtc(
          Math.min(request.createdAt + HOUR / 60, ...request.approvals.map(({ decidedAt }) => decidedAt - 1)),
        ),
        author: request.requestedBy.login,
        covers_application: true,
        covers_configuration: true,
        covers_database: changesSchema,
        changes_schema: changesSchema,
        database_script: changesSchema ? `down/${request.id}.sql` : "",
        triggers: "error rate above 1 % for 5 minutes; balances that do not add up",
        success_metrics: "error rate; bookings per minute",
      };
    });
  return { name: "rollback-plans.csv", text: csv(rows) };
}
