import { shaOf } from "../../../examples/acme/generator/adherence/audited.ts";
import { windows } from "../../../examples/acme/generator/calendar.ts";
import { HOUR, type Instant, MINUTE } from "../../../examples/acme/generator/clock.ts";
import type { Deployment } from "../../../examples/acme/generator/records.ts";
import { acmeDocument } from "../acme-document.ts";
import { deployments, type Finding, found, ids, isCalendarUnread, isUrgent, waveOf, world } from "./bank.ts";

/** G and H: when things were deployed, and how. */
export const timing = (): Finding[] => [
  ...found(
    "WIN-01",
    "fail",
    ids(deployments.filter((deployment) => !isUrgent(deployment) && isForbidden(deployment))),
  ),
  ...["WIN-01", "WIN-03"].flatMap((control) =>
    found(control, "unknown", ids(deployments.filter(({ startedAt }) => isCalendarUnread(startedAt)))),
  ),
  ...found("WIN-02", "exempt", ["pipeline:R100335"]),
  ...found("WIN-02", "fail", ids(outside().filter(({ run }) => run.id !== "R100335"))),
  ...found("WIN-03", "fail", ids(unsettled())),
  ...found("WIN-04", "fail", ids(crossing())),
  ...found("DEP-03", "fail", ids(inOneRegion())),
];

const overlaps = (one: Deployment, from: Instant, until: Instant) =>
  one.startedAt < until && one.finishedAt >= from;

const isForbidden = (deployment: Deployment) =>
  windows.some(
    ({ kind, scope, startsAt, endsAt }) =>
      (kind === "freeze" || kind === "blackout") &&
      (scope === "" || scope === deployment.service.name) &&
      overlaps(deployment, startsAt, endsAt),
  );

/** The desk's export loses the seconds. */
const minute = (at: Instant) => at - (at % MINUTE);

const outside = () =>
  deployments.filter((deployment) => {
    const { changeRequest, startedAt, finishedAt } = deployment;
    if (isUrgent(deployment)) return false;
    return (
      !changeRequest ||
      startedAt < minute(changeRequest.plannedStart) ||
      finishedAt > minute(changeRequest.plannedEnd)
    );
  });

/** Within a day of something of high risk that had gone live, by another request. */
const unsettled = () =>
  deployments.filter(
    (deployment) =>
      !isUrgent(deployment) &&
      !isWayBack(deployment) &&
      deployments.some(
        (risky) =>
          risky.changeRequest?.risk === "high" &&
          risky.status === "success" &&
          risky.service === deployment.service &&
          risky.changeRequest !== deployment.changeRequest &&
          shaOf(risky.head) !== shaOf(deployment.head) &&
          risky.finishedAt <= deployment.startedAt &&
          risky.finishedAt > deployment.startedAt - 24 * HOUR,
      ),
  );

/** It goes by the request of what it takes back. */
const isWayBack = ({ changeRequest, head }: Deployment) =>
  deployments.find((first) => first.changeRequest === changeRequest)?.head !== head;

const upstream = new Map(
  Object.entries(acmeDocument().services).map(([name, service]) => [
    name,
    (service as { upstream?: string[] }).upstream ?? [],
  ]),
);
const depends = (one: string, other: string) =>
  upstream.get(one)?.includes(other) || upstream.get(other)?.includes(one);

/** Core banking or reporting beside a service that depends on them, or that they depend on. */
const crossing = () => {
  const production = world.deployments.filter(
    ({ environment, status }) => environment !== "staging" && status !== "skipped",
  );
  return deployments.filter(
    (deployment) =>
      ["core-banking", "regulatory-reporting"].includes(deployment.service.name) &&
      production.some(
        (other) =>
          depends(deployment.service.name, other.service.name) &&
          (other.train === undefined || other.train !== deployment.train) &&
          overlaps(deployment, other.startedAt, other.finishedAt + 1),
      ),
  );
};

/** The second region failed, and the first was left alone with it. */
const inOneRegion = () =>
  deployments.filter((deployment) => {
    const wave = waveOf.get(deployment);
    return wave !== undefined && wave.deployments.length < deployment.service.copies.length;
  });
