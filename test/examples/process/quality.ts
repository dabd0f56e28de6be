import { shaOf } from "../../../examples/acme/generator/adherence/audited.ts";
import type { Change, Deployment, Release } from "../../../examples/acme/generator/records.ts";
import {
  books,
  deployments,
  type Finding,
  found,
  ids,
  isUnvouched,
  isUrgent,
  releases,
  shipped,
  world,
} from "./bank.ts";
import { berlin } from "../../../examples/acme/generator/clock.ts";

/** D, E and F: what was not looked at, not tried, and not tried in staging. */
export const quality = (): Finding[] => [
  ...found(
    "POP-04",
    "fail",
    unreviewed()
      .filter((release) => !isFirst(release))
      .map(idOf),
  ),
  ...found("TST-01", "fail", unreviewed().map(idOf)),
  ...found("TST-02", "exempt", ids(untested().filter(isMovingTools))),
  ...found("TST-02", "fail", ids(untested().filter((deployment) => !isMovingTools(deployment)))),
  ...found("TST-03", "fail", ids(books.filter((deployment) => !lastRun(deployment, "unit")))),
  ...found("TST-06", "unknown", ids(books.filter(({ startedAt }) => isUnvouched(startedAt)))),
  ...found("ENV-01", "exempt", ["pipeline:R101882"]),
  ...found("ENV-01", "fail", ids(unstaged().filter(({ run }) => run.id !== "R101882"))),
];

const idOf = ({ service, version }: Release) => `${service.name}@${version}`;

/** Exemption X-02: acceptance of identity moves to another tool. */
const isMovingTools = ({ service, startedAt }: Deployment) =>
  service.name === "identity" &&
  berlin("2025-09-01", "02:00") <= startedAt &&
  startedAt < berlin("2025-12-01");

const isFirst = ({ service, version }: Release) =>
  releases.find((release) => release.service === service)?.version === version;

/** With a change that nobody but its author had approved when it was merged. */
const unreviewed = () =>
  releases.filter((release) => {
    const waves = world.waves.filter(
      ({ service, version }) => service === release.service && version === release.version,
    );
    return waves.flatMap((wave) => shipped.get(wave) ?? []).some((change) => !isReviewed(change));
  });

const isReviewed = ({ author, mergedAt, reviews }: Change) =>
  author.isBot ||
  reviews.some(
    ({ reviewer, state, submittedAt }) =>
      reviewer !== author && state === "approved" && submittedAt <= mergedAt,
  );

/** The last run of a suite on what was deployed, before that began. */
function lastRun({ service, head, startedAt }: Deployment, suite: string) {
  const runs = world.tests.filter(
    (run) =>
      run.service === service &&
      run.suite === suite &&
      shaOf(run.head) === shaOf(head) &&
      run.finishedAt < startedAt,
  );
  return runs.sort((one, other) => one.finishedAt - other.finishedAt).at(-1);
}

const untested = () =>
  deployments.filter((deployment) =>
    ["unit", "integration"].some((suite) => lastRun(deployment, suite)?.failed !== 0),
  );

const unstaged = () =>
  deployments.filter(
    (deployment) =>
      !isUrgent(deployment) &&
      !world.deployments.some(
        ({ service, environment, head, status, finishedAt }) =>
          environment === "staging" &&
          status === "success" &&
          service === deployment.service &&
          shaOf(head) === shaOf(deployment.head) &&
          finishedAt < deployment.startedAt,
      ),
  );
