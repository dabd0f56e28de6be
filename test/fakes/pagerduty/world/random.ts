import { Chance } from "../../../support/chance.ts";
import {
  acknowledge,
  alert,
  annotate,
  change,
  escalate,
  merge,
  prioritise,
  reassign,
  reopen,
  resolve,
  service,
  trigger,
} from "./happen.ts";
import { type Incident, iso, World } from "./world.ts";

const NOTES = [
  "Mitigated",
  "Mitigated: 2025-06-01T12:00:00Z",
  "Cause: a slow query",
  "Caused by: d1, d2",
  "Looking at it",
  "Kind: data",
];

/** An account of some years in which anything may happen to any incident, of whatever age. */
export function randomWorld(seed: number, count: number): { readonly world: World; readonly chance: Chance } {
  const chance = new Chance(seed);
  const world = new World("2024-01-02T08:00:00Z");
  for (const name of ["payments", "Ledger (prod)", "Search", "nobody's"]) service(world, name);
  happen(world, chance, count, 86_400 * 9);
  return { world, chance };
}

function pick<T>(chance: Chance, items: readonly T[]): T {
  const picked = chance.of(items);
  if (picked === undefined) throw new RangeError("nothing to pick from");
  return picked;
}

/** So many things, with up to so many seconds between them. */
export function happen(world: World, chance: Chance, count: number, pause: number): void {
  for (let index = 0; index < count; index += 1) {
    world.advanceTo(iso(world.now + chance.whole(0, pause)));
    const incident = world.incidents.length === 0 ? undefined : pick(chance, world.incidents);
    if (!incident || chance.whole(1, 100) <= 30) begin(world, chance);
    else something(world, chance, incident);
  }
}

function begin(world: World, chance: Chance): void {
  const of = pick(
    chance,
    world.services.filter(({ isDeleted }) => !isDeleted),
  );
  if (chance.whole(1, 4) === 1) change(world, [of], { version: String(world.changeEvents.length) });
  const priority = pick(chance, ["SEV-1", "SEV-2", "none"]);
  trigger(world, of, { urgency: pick(chance, ["high", "low"] as const), priority });
}

function something(world: World, chance: Chance, incident: Incident): void {
  const isResolved = incident.status === "resolved";
  switch (chance.whole(1, 10)) {
    case 1:
    case 2:
    case 3:
      return end(world, incident);
    case 4:
      return isResolved ? undefined : acknowledge(world, incident);
    case 5:
      return isResolved && !incident.mergedInto ? reopen(world, incident) : escalate(world, incident);
    case 6:
      return mergeAny(world, chance, incident);
    case 7:
      return annotate(world, incident, pick(chance, NOTES));
    case 8:
      return isResolved ? undefined : alert(world, incident);
    case 9:
      return prioritise(world, incident, pick(chance, world.priorities));
    default:
      return chance.whole(1, 5) === 1 ? lose(world, chance) : reassign(world, incident, "Edsger");
  }
}

function end(world: World, incident: Incident): void {
  if (incident.status !== "resolved") resolve(world, incident);
}

function mergeAny(world: World, chance: Chance, incident: Incident): void {
  const other = pick(chance, world.incidents);
  if (other === incident || incident.status === "resolved" || other.status === "resolved") return;
  merge(world, incident, other);
}

/** A service is deleted; its incidents stay. */
function lose(world: World, chance: Chance): void {
  const there = world.services.filter(({ isDeleted }) => !isDeleted);
  if (there.length > 2) pick(chance, there).isDeleted = true;
}
