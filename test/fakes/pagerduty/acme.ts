import { SEED } from "../../../examples/acme/generate.ts";
import { AS_OF, isoUtc, START } from "../../../examples/acme/generator/clock.ts";
import type { Incident as Failure } from "../../../examples/acme/generator/records.ts";
import { imagine } from "../../../examples/acme/generator/world.ts";
import { repositories } from "../../../examples/acme/generator/services.ts";
import type { NamesOf } from "../vendor.ts";
import { acknowledge, annotate, change, resolve, service, trigger } from "./world/happen.ts";
import { type Incident, type Service, World } from "./world/world.ts";

export interface AcmeOptions {
  readonly seed?: number;
  /** 1 = two full years. */
  readonly scale?: number;
  /** How far the world has come; to the end, where nothing is said. `advanceTo` goes on from there. */
  readonly until?: string;
  /** What people call what caused an incident; as the bank's pipeline does, where nothing is said. */
  readonly namesOf?: NamesOf;
}

/** What Acme calls its services in PagerDuty: not quite as in quarterdeck.yaml. */
export const pagerdutyNameOf = (name: string) => `Acme ${name.replaceAll("-", " ")}`;

/** What the bank's people begin their notes with, since PagerDuty has no field for it. */
export const ACME_NOTES = {
  started: "Started",
  mitigated: "Mitigated",
  cause: "Cause:",
  caused_by: "Caused by:",
  classification: "Kind:",
} as const;

/** Acme Bank's incidents as PagerDuty would show them. Incidents have the numbers under which changes name them. */
export function acmeWorld({
  seed = SEED,
  scale = 1,
  until = isoUtc(AS_OF),
  namesOf = (cause) => [cause],
}: AcmeOptions = {}): World {
  const { world: acme } = imagine(seed, scale);
  const world = new World(isoUtc(START), ["sev1", "sev2", "sev3"]);
  const services = new Map(
    repositories.flatMap((repository) =>
      repository.services.map(
        ({ name, team }) => [name, service(world, pagerdutyNameOf(name), { team })] as const,
      ),
    ),
  );
  for (const failure of acme.incidents) {
    const of = services.get(failure.service.name);
    const causes = failure.causedBy.flatMap(({ id }) => namesOf(id));
    if (of) happens(world, of, failure, causes);
  }
  for (const { service: of, version, liveAt } of acme.waves) {
    const target = services.get(of.name);
    if (target) world.plan(liveAt, () => change(world, [target], version === undefined ? {} : { version }));
  }
  return world.advanceTo(until);
}

function happens(world: World, of: Service, failure: Failure, causes: readonly string[]): void {
  const { id, title, severity } = failure;
  const known = { incident: undefined as Incident | undefined };
  const then = (at: number | undefined, act: (incident: Incident) => void) => {
    if (at !== undefined) world.plan(at, () => known.incident && act(known.incident));
  };
  world.plan(failure.detectedAt, () => {
    known.incident = trigger(world, of, {
      id,
      title,
      priority: `sev${severity}`,
      urgency: severity === 3 ? "low" : "high",
    });
    annotate(world, known.incident, `${ACME_NOTES.started} ${isoUtc(failure.startedAt)}`);
    annotate(world, known.incident, `${ACME_NOTES.classification} ${failure.classification}`);
    annotate(world, known.incident, `${ACME_NOTES.cause} ${failure.cause}`);
    if (causes.length > 0) annotate(world, known.incident, `${ACME_NOTES.caused_by} ${causes.join(", ")}`);
  });
  then(failure.acknowledgedAt, (incident) => acknowledge(world, incident));
  then(failure.mitigatedAt, (incident) => annotate(world, incident, ACME_NOTES.mitigated));
  then(failure.resolvedAt, (incident) => resolve(world, incident));
}
