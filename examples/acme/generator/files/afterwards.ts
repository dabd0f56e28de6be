import { berlin, DAY, HOUR, type Instant, isoUtc, localDay, MINUTE, START, AS_OF } from "../clock.ts";
import { type Random, random } from "../random.ts";
import type { Deployment, Incident, World } from "../records.ts";
import { csv, type Row, type TextFile } from "./text.ts";

/** What pipelines wait for, how they were changed, and what is seen of a release once users have it. */
export const afterwardsFiles = (world: World, seed: number): TextFile[] => [
  provisioningFile(world, seed),
  pipelineChangesFile(),
  trafficFile(world, seed),
  supportTicketsFile(world, seed),
  premortemRisksFile(world),
];

/** From this day on environments of the notification pipeline are kept ready instead of being made for each run. */
const KEPT_READY = berlin("2026-04-01");
const WATCHED_PIPELINES: readonly string[] = ["notifications", "mobile-api"];

function provisioningFile(world: World, seed: number): TextFile {
  const draw = random(seed, "provisioning");
  const since = berlin("2025-10-01");
  const rows = world.deployments
    .filter(({ service, startedAt }) => WATCHED_PIPELINES.includes(service.name) && startedAt >= since)
    .flatMap((deployment) => waits(deployment, draw));
  return { name: "provisioning.csv", text: csv(rows) };
}

function waits({ run, attempt, service, startedAt, finishedAt }: Deployment, draw: Random): Row[] {
  const queuedAt = startedAt - 30 - (attempt - 1) * 20;
  const isKeptReady = service.name === "notifications" && startedAt >= KEPT_READY;
  const wait = isKeptReady ? draw.integer(8, 35) : draw.integer(75, 170);
  const row = (kind: string, name: string, from: Instant, until: Instant): Row => ({
    ...{ id: `PV-${run.id}-${attempt}-${kind}`, kind, name, service: service.name },
    ...{ pipeline_run: `P${run.id.slice(1)}`, attempt, requested_at: isoUtc(from), ready_at: isoUtc(until) },
  });
  return [
    row("runner", "linux-large", queuedAt, startedAt - draw.integer(2, 12)),
    row("environment", `${service.name}-run`, startedAt, Math.min(startedAt + wait, finishedAt)),
  ];
}

/** Id, what was changed, service, day and the action that asked for it: one that helps, one that does not, one too young to tell. */
const PIPELINE_CHANGES = [
  ["PC-1", "Cache of builds", "web-banking", "2025-11-03", ""],
  ["PC-2", "Shared runners, and environments kept ready", "notifications", "2026-04-01", "A-06"],
  ["PC-3", "Tests side by side", "onboarding", "2026-06-26", ""],
] as const;

const pipelineChangesFile = (): TextFile => ({
  name: "pipeline-changes.csv",
  text: csv(
    PIPELINE_CHANGES.map(([id, title, service, day, action]) => ({
      ...{ id, title, service, changed_at: isoUtc(berlin(day)), action },
    })),
  ),
});

const trafficFile = (world: World, seed: number): TextFile => ({
  name: "traffic.csv",
  text: csv([...requestRows(world, random(seed, "traffic")), ...userRows(world)]),
});

/** Monitoring keeps the hours around a deployment, of services with users of their own, since 2026. */
const COUNTED: Readonly<Record<string, number>> = {
  ...{ "web-banking": 9000, "mobile-api": 14_000, payments: 6000, "core-banking": 11_000, statements: 2500 },
};
const ERRORS = { 1: 0.05, 2: 0.02, 3: 0.008 } as const;

function requestRows(world: World, draw: Random): Row[] {
  const hours = new Map<string, Row>();
  const since = berlin("2026-01-01");
  for (const { service, liveAt, completedAt, deployments } of world.waves) {
    const usual = COUNTED[service.name];
    if (usual === undefined || liveAt < since) continue;
    const troubles = world.incidents.filter((incident) => incident.service === service);
    for (const hour of hoursAround(Math.min(...deployments.map(({ startedAt }) => startedAt)), completedAt)) {
      if (hour + HOUR > AS_OF || hours.has(`${service.name} ${hour}`)) continue;
      const requests = Math.round(usual * draw.between(0.8, 1.2));
      const errors = Math.round(requests * draw.between(0.0018, 0.0022)) + Math.round(requests * harmIn(troubles, hour));
      hours.set(`${service.name} ${hour}`, {
        ...{ service: service.name, environment: "", version: "", starts_at: isoUtc(hour), ends_at: isoUtc(hour + HOUR) },
        ...{ requests, errors, users: "" },
      });
    }
  }
  return [...hours.values()];
}

function hoursAround(startedAt: Instant, completedAt: Instant): Instant[] {
  const before = Math.floor(startedAt / HOUR) * HOUR;
  const after = Math.ceil(completedAt / HOUR) * HOUR;
  return [before - 2 * HOUR, before - HOUR, after, after + HOUR];
}

/** What share of an hour's requests fails because of incidents. */
function harmIn(incidents: readonly Incident[], hour: Instant): number {
  const shares = incidents.map(({ startedAt, mitigatedAt, severity }) => {
    const seconds = Math.min(hour + HOUR, mitigatedAt ?? AS_OF) - Math.max(hour, startedAt);
    return seconds > 0 ? (ERRORS[severity] * seconds) / HOUR : 0;
  });
  return shares.reduce((sum, share) => sum + share, 0);
}

const INSTALLATIONS = 18_000;

/** Apps take a new version of the library over within weeks: half of them after five days, the last ones never. */
function userRows(world: World): Row[] {
  const versions = world.tags
    .filter(({ name }) => /^v\d+\.\d+\.\d+$/.test(name))
    .toSorted((a, b) => a.taggedAt - b.taggedAt);
  const weeks = Array.from({ length: 77 }, (_, week) => berlin("2025-01-06", "06:00") + week * 7 * DAY);
  return weeks.flatMap((week) => {
    const out = versions.filter(({ taggedAt }) => taggedAt < week + 7 * DAY).slice(-6);
    const taken = out.map(({ taggedAt }, place) => (place === 0 ? 1 : takenOver(week + 7 * DAY - taggedAt)));
    return out.flatMap(({ name }, place) => {
      const users = Math.round(INSTALLATIONS * ((taken[place] ?? 0) - (taken[place + 1] ?? 0)));
      if (users <= 0) return [];
      return [
        {
          ...{ service: "client-sdk", environment: "", version: name.slice(1), starts_at: isoUtc(week), ends_at: isoUtc(week + 7 * DAY) },
          ...{ requests: "", errors: "", users },
        },
      ];
    });
  });
}

/** No power or exponential: the same on every machine. */
const takenOver = (age: number) => (0.97 * age) / (age + 5 * DAY);

/** Tickets a day that users write anyway, and how many more an hour of an incident brings, by severity. */
const ASKING: Readonly<Record<string, number>> = {
  ...{ "web-banking": 0.4, "mobile-api": 0.3, "core-banking": 0.1, statements: 0.12, payments: 0.15 },
};
const MORE = { 1: 6, 2: 2, 3: 0.5 } as const;

/** Customers ask the desk for help, and more of them while something is wrong. What they write stays at the desk. */
function supportTicketsFile(world: World, seed: number): TextFile {
  const draw = random(seed, "support tickets");
  const usual = Object.entries(ASKING).flatMap(([service, aDay]) =>
    Array.from({ length: (AS_OF - START) / DAY }, (_, day) => START + day * DAY).flatMap((day) =>
      draw.chance(aDay) ? [{ service, at: day + draw.integer(8 * HOUR, 19 * HOUR) }] : [],
    ),
  );
  const upset = world.incidents
    .filter(({ service, startedAt }) => ASKING[service.name] !== undefined && startedAt < AS_OF)
    .flatMap(({ service, startedAt, mitigatedAt, severity }) => {
      const until = Math.min(mitigatedAt ?? AS_OF, startedAt + 6 * HOUR, AS_OF);
      const tickets = Math.floor(((until - startedAt) / HOUR) * MORE[severity]);
      return Array.from({ length: tickets }, () => ({ service: service.name, at: draw.integer(startedAt, until - 1) }));
    });
  const rows = [...usual, ...upset]
    .filter(({ at }) => at >= START && at < AS_OF)
    .sort((a, b) => a.at - b.at || (a.service < b.service ? -1 : 1))
    .map(({ service, at }, index) => {
      const resolvedAt = at + draw.integer(20 * MINUTE, 30 * HOUR);
      return {
        ...{ id: `SUP-${String(index + 1).padStart(5, "0")}`, kind: "support", service, created_at: isoUtc(at) },
        ...{ status: resolvedAt < AS_OF ? "Closed" : "Open", resolved_at: resolvedAt < AS_OF ? isoUtc(resolvedAt) : "" },
      };
    });
  return { name: "support-tickets.csv", text: csv(rows) };
}

/** What is asked before each train: risk, who watches, what would be seen. */
const RISKS = [
  ["Postings of the night run twice", "Operations", "more postings than orders in the night report"],
  ["The train takes longer than its window", "Core Banking", "a car that is not live by midnight"],
] as const;

/** A risk that came true: the words of the incident, and what was written a week before. */
const FORESEEN = {
  incident: "Interest is rounded down",
  version: "2026.1.0",
  risk: "The new rounding library rounds otherwise than the old one",
  sign: "interest of a sample of accounts differs from that of the last release",
};

/** Releases of the core with each train. What hit 2025.3 nobody had thought of. */
function premortemRisksFile(world: World): TextFile {
  const came = world.incidents.find(({ title }) => title.startsWith(FORESEEN.incident));
  const rows = world.releases
    .filter(({ service, version, plannedAt }) => service.name === "core-banking" && version.endsWith(".0") && plannedAt >= berlin("2025-03-01"))
    .flatMap(({ version, plannedAt }) => {
      const row = (number: number, [risk, owner, sign]: readonly [string, string, string], incidents = "") => ({
        ...{ id: `PM-${version}-${number}`, service: "core-banking", version, risk, owner, sign, incidents },
        written_at: isoUtc(berlin(localDay(plannedAt - 7 * DAY), "14:00")),
      });
      const usual = RISKS.map((risk, index) => row(index + 1, risk));
      if (version !== FORESEEN.version) return usual;
      return [...usual, row(3, [FORESEEN.risk, "Core Banking", FORESEEN.sign], came?.id ?? "")];
    });
  return { name: "premortem-risks.csv", text: csv(rows) };
}
