import type { Json } from "../../../collectors/contract.ts";
import type { Chance } from "../../support/chance.ts";

export const KINDS = ["deployment", "incident", "change"] as const;
export type Kind = (typeof KINDS)[number];
export const REPOSITORIES = ["api", "web", "lib"] as const;

/** An update may become visible so long after its own date. */
export const LAG = 3_600_000;

export interface Item {
  readonly id: string;
  readonly repository: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** Null = deleted. */
  readonly payload: { readonly [key: string]: Json } | null;
}

interface Hidden {
  readonly kind: Kind;
  readonly item: Item;
  readonly from: number;
}

/** Names that somebody has given to something, somewhere. */
const TITLES = [
  "Plain",
  'it\'s "quoted"',
  "=1+1",
  "\ud800 half",
  "two\nlines",
  "__proto__",
  "Größe 😀",
  "\u2028",
] as const;

const iso = (at: number) => new Date(at).toISOString();

/** A made-up service with deployments, incidents and changes, of which everything can be told again from a seed. */
export class World {
  readonly chance: Chance;
  readonly seen: Set<string>;
  private readonly items: Readonly<Record<Kind, Map<string, Item>>> = {
    deployment: new Map(),
    incident: new Map(),
    change: new Map(),
  };
  private hidden: Hidden[] = [];
  private clock = Date.parse("2026-01-05T08:00:00Z");
  private serial = 0;

  constructor(chance: Chance, seen: Set<string> = new Set()) {
    this.chance = chance;
    this.seen = seen;
  }

  get now(): string {
    return iso(this.clock);
  }

  /** What the service says it has, tombstones included. */
  list(kind: Kind): readonly Item[] {
    return [...this.items[kind].values()];
  }

  pass(milliseconds: number): void {
    this.clock += milliseconds;
    const visible = this.hidden.filter(({ from }) => from <= this.clock);
    this.hidden = this.hidden.filter(({ from }) => from > this.clock);
    for (const { kind, item } of visible) this.show(kind, item);
  }

  /** Lets things happen one after the other. */
  happen(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.pass(this.chance.whole(1, LAG / 2));
      const name = this.chance.one(HAPPENINGS);
      if (CHANGES[name](this, this.chance.one(KINDS))) this.seen.add(name);
    }
  }

  /** Until all that was dated is visible. */
  settle(): void {
    this.pass(LAG);
  }

  create(kind: Kind): void {
    this.serial += 1;
    const repository = this.chance.one(REPOSITORIES);
    this.put(kind, { id: `${kind.slice(0, 1)}${this.serial}`, repository }, this.payloadOf(kind, repository));
  }

  payloadOf(kind: Kind, repository: string): Exclude<Item["payload"], null> {
    const from = this.clock - this.chance.whole(1, 100) * 60_000;
    const title = this.chance.one(TITLES);
    switch (kind) {
      case "deployment":
        return {
          ...{ service: repository, environment: this.chance.one(["production", "staging"]), repository },
          ...{ attempt: 1, version: `1.${this.serial}`, started_at: iso(from), finished_at: this.now },
          status: this.chance.one(["success", "failure"]),
        };
      case "incident":
        return { service: repository, title, started_at: iso(from), resolved_at: this.now, caused_by: [] };
      case "change":
        return {
          repository,
          title,
          author: "ada",
          first_commit_at: iso(from),
          merged_at: this.now,
          commits: [],
        };
    }
  }

  put(kind: Kind, { id, repository }: Pick<Item, "id" | "repository">, payload: Item["payload"]): void {
    this.show(kind, { id, repository, updatedAt: this.clock, payload: payload && { ...payload, id } });
  }

  /** Dated now, seen later. */
  putLate(kind: Kind, { id, repository }: Item, payload: Item["payload"]): void {
    const item = { id, repository, updatedAt: this.clock, payload: payload && { ...payload, id } };
    this.hidden.push({ kind, item, from: this.clock + this.chance.whole(1, LAG) });
  }

  /** One that is there, or one that was. */
  any(kind: Kind, { isDeleted }: { readonly isDeleted: boolean }): Item | undefined {
    return this.chance.of(this.list(kind).filter(({ payload }) => (payload === null) === isDeleted));
  }

  private show(kind: Kind, item: Item): void {
    const shown = this.items[kind].get(item.id);
    if (shown === undefined || shown.updatedAt <= item.updatedAt) this.items[kind].set(item.id, item);
  }
}

/** One thing that happens; false where there is nothing that it could happen to. */
type Change = (world: World, kind: Kind) => boolean;

const toOne =
  (change: (world: World, kind: Kind, item: Item) => void, isDeleted = false): Change =>
  (world, kind) => {
    const item = world.any(kind, { isDeleted });
    if (item) change(world, kind, item);
    return item !== undefined;
  };

const CHANGES = {
  create: (world, kind) => {
    for (let count = world.chance.whole(1, 4); count > 0; count -= 1) world.create(kind);
    return true;
  },
  edit: toOne((world, kind, item) => world.put(kind, item, world.payloadOf(kind, item.repository))),
  "edit and take back": toOne((world, kind, item) => {
    world.put(kind, item, world.payloadOf(kind, item.repository));
    world.pass(60_000);
    world.put(kind, item, item.payload);
  }),
  "touch without a change": toOne((world, kind, item) => world.put(kind, item, item.payload)),
  "late update": toOne((world, kind, item) =>
    world.putLate(kind, item, world.payloadOf(kind, item.repository)),
  ),
  delete: toOne((world, kind, item) => world.put(kind, item, null)),
  "late deletion": toOne((world, kind, item) => world.putLate(kind, item, null)),
  "make again": toOne(
    (world, kind, item) => world.put(kind, item, world.payloadOf(kind, item.repository)),
    true,
  ),
} satisfies Readonly<Record<string, Change>>;

export const HAPPENINGS = Object.keys(CHANGES) as [keyof typeof CHANGES, ...(keyof typeof CHANGES)[]];
