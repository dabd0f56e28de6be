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
import { type Incident, iso, type Service, World } from "./world.ts";

const NOTES = [
  "Mitigated",
  "Mitigated: 2025-06-01T12:00:00Z",
  "Cause: a slow query",
  "Caused by: d1, d2",
  "Looking at it",
  "Kind: data",
] as const;

type Happening = (world: World, chance: Chance) => boolean;

function to<T>(one: T | undefined, act: (one: T) => unknown): boolean {
  return one !== undefined && act(one) !== false;
}

const isOpen = ({ status }: Incident) => status !== "resolved";

/** Nothing can happen to what nobody sees. */
const anyIncident = (world: World, chance: Chance, is: (incident: Incident) => boolean) =>
  chance.of(world.incidents.filter((one) => world.isShown(one) && is(one)));

const anyService = (world: World, chance: Chance): Service | undefined =>
  chance.of(world.services.filter(({ id, isDeleted }) => !isDeleted && !world.hidden.has(id)));

const hiddenServices = ({ services, hidden }: World) =>
  services.map(({ id }) => id).filter((id) => hidden.has(id));

function on(
  is: (incident: Incident) => boolean,
  act: (world: World, chance: Chance, incident: Incident) => unknown,
): Happening {
  return (world, chance) => to(anyIncident(world, chance, is), (incident) => act(world, chance, incident));
}

const onOpen = (act: Parameters<typeof on>[1]) => on(isOpen, act);
const onAny = (act: Parameters<typeof on>[1]) => on(() => true, act);

function begin(world: World, chance: Chance, of: Service): void {
  // Most often something was changed just before.
  if (chance.percent(40)) change(world, [of], { version: String(world.changeEvents.length) });
  const priority = chance.one(["SEV-1", "SEV-2", "none"]);
  trigger(world, of, { urgency: chance.one(["high", "low"]), priority });
}

/** What may happen. False: not now. */
const HAPPENINGS: Readonly<Record<string, Happening>> = {
  "an incident": (world, chance) => to(anyService(world, chance), (of) => begin(world, chance, of)),
  "many at once": (world, chance) =>
    chance.percent(20) &&
    to(anyService(world, chance), (of) => {
      for (let many = chance.whole(3, 12); many > 0; many -= 1) begin(world, chance, of);
    }),
  "a change event": (world, chance) =>
    to(anyService(world, chance), (of) =>
      change(world, [of], { version: String(world.changeEvents.length) }),
    ),
  "an acknowledgement": onOpen((world, _, incident) => acknowledge(world, incident)),
  "an escalation": onOpen((world, _, incident) => escalate(world, incident)),
  "another alert": onOpen((world, _, incident) => alert(world, incident)),
  "a resolution": onOpen((world, _, incident) => resolve(world, incident)),
  "an incident opened again": on(
    ({ status, mergedInto }) => status === "resolved" && !mergedInto,
    (world, _, incident) => reopen(world, incident),
  ),
  "a merge": (world, chance) =>
    to(anyIncident(world, chance, isOpen), (one) =>
      to(
        anyIncident(world, chance, (other) => isOpen(other) && other !== one),
        (other) => merge(world, one, other),
      ),
    ),
  "a note": onAny((world, chance, incident) => annotate(world, incident, chance.one(NOTES))),
  "a priority": onAny((world, chance, incident) => prioritise(world, incident, chance.of(world.priorities))),
  "a new priority": (world) =>
    world.priorities.length < 6 &&
    to(world.priorities.length + 1, (number) =>
      world.priorities.push({ id: `PRIO00${number}`, name: `SEV-${number}` }),
    ),
  "another assignee": onAny((world, _, incident) => reassign(world, incident, "Edsger")),
  "a new service": (world, chance) =>
    chance.percent(20) && to(world.services.length, (number) => service(world, `Service ${number}`)),
  // Its incidents stay.
  "a service deleted": (world, chance) =>
    chance.percent(30) &&
    world.services.filter(({ isDeleted }) => !isDeleted).length > 3 &&
    to(anyService(world, chance), (of) => (of.isDeleted = true)),
};

/** What is there, and no longer, or not for the token's owner. Nothing is logged about it. */
const DISAPPEARING: Readonly<Record<string, Happening>> = {
  "an incident gone": onAny((world, _, { id }) => world.hidden.add(id)),
  "a service hidden": (world, chance) =>
    hiddenServices(world).length < 2 && to(anyService(world, chance), ({ id }) => world.hidden.add(id)),
  "a service shown again": (world) => to(hiddenServices(world)[0], (id) => world.hidden.delete(id)),
};

export const CHANGE_NAMES = Object.keys(HAPPENINGS);
export const DISAPPEARING_NAMES = Object.keys(DISAPPEARING);

type Seen = (kind: string) => void;

const nothing: Seen = () => undefined;

export interface Happenings {
  readonly count: number;
  /** Seconds between them, at most. */
  readonly pause?: number;
  /** Whether things disappear too. */
  readonly disappear?: boolean;
  readonly seen?: Seen;
}

/** An account of some years in which anything may happen to any incident, of whatever age. */
export function randomWorld(
  seed: number,
  happenings: Happenings,
): { readonly world: World; readonly chance: Chance } {
  const chance = new Chance(seed);
  const world = new World("2024-01-02T08:00:00Z");
  for (const name of ["payments", "Ledger (prod)", "Search", "nobody's"]) service(world, name);
  happen(world, chance, { pause: 86_400 * 9, ...happenings });
  return { world, chance };
}

export function happen(
  world: World,
  chance: Chance,
  { count, pause = 86_400 * 2, disappear = false, seen = nothing }: Happenings,
): void {
  const all = disappear ? { ...HAPPENINGS, ...DISAPPEARING } : HAPPENINGS;
  for (let index = 0; index < count; index += 1) {
    world.advanceTo(iso(world.now + chance.whole(0, pause)));
    const name = chance.percent(20) ? "an incident" : (chance.of(Object.keys(all)) ?? "");
    if (all[name]?.(world, chance)) seen(name);
  }
}
