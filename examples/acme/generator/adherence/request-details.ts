import { local } from "../clock.ts";
import type { ChangeRequest } from "../records.ts";
import type { Row } from "../files/text.ts";

const REASONS = {
  standard: "Routine deployment of what was merged",
  normal: "Planned work of the team, agreed with those who use it",
  emergency: "Users are harmed and have to be served again",
} as const;

/** What a request says beside its title. */
export function detailsOf(request: ChangeRequest): Row {
  const { type, risk, service, requestedBy } = request;
  return {
    Description: `Puts a new commit of ${service.name} into production through its pipeline`,
    Reason: REASONS[type],
    Impact: `No interruption expected; risk ${risk}; no change in who sees which personal data`,
    "Affected items": `${service.name} in production`,
    Owner: requestedBy.login,
    Template: type === "standard" ? `STD-${service.name}-${local(request.createdAt).year}` : "",
  };
}
