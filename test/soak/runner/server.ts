import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { badGateway, cut, truncated } from "../../fakes/server/damage.ts";
import { send, type Sent } from "../../fakes/server/send.ts";
import { addressOf, listen, stop } from "../../fakes/server/server.ts";
import type { Chance } from "../../support/chance.ts";
import { type Item, type Kind, KINDS, LAG, type World } from "./world.ts";

export const FAULTS = [
  "status 502",
  "cut",
  "truncated JSON",
  "wrong page",
  "partial page",
  "doubled records",
  "empty page",
] as const;
type Fault = (typeof FAULTS)[number];

export interface Server {
  readonly url: string;
  /** How often it was asked. */
  requests: number;
  /** Of a hundred answers, how many go wrong. */
  faults: number;
  /** Whether the world goes on while it is asked. */
  isMoving: boolean;
  /** Called before each answer. */
  onRequest: () => void;
}

/** The service of a world, over HTTP, with what goes wrong there. */
export async function serve(world: World, chance: Chance): Promise<{ server: Server; close: () => Promise<void> }> {
  const http = createServer((request, response) => answer(world, chance, server, request, response));
  await listen(http);
  const server: Server = {
    ...{ url: addressOf(http), requests: 0, faults: 0, isMoving: false },
    onRequest: () => undefined,
  };
  return { server, close: () => stop(http) };
}

function answer(
  world: World,
  chance: Chance,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  server.requests += 1;
  server.onRequest();
  if (server.isMoving && chance.percent(30)) {
    world.pass(chance.whole(1, LAG / 60));
    world.happen(1);
    world.seen.add("a change between two pages");
  }
  const asked = new URL(request.url ?? "/", server.url);
  const fault = chance.percent(server.faults) ? chance.of(FAULTS) : undefined;
  if (fault !== undefined) world.seen.add(fault);
  const body = asked.pathname.endsWith("/ids") ? ids(world, asked) : page(world, asked, fault);
  const whole = { status: 200, headers: {}, text: JSON.stringify(body) };
  send(response, (fault && ON_THE_WAY[fault]?.(whole)) ?? whole);
}

/** Other faults are in the page itself. */
const ON_THE_WAY: { readonly [Name in Fault]?: (whole: Sent) => Sent } = {
  "status 502": badGateway,
  cut,
  "truncated JSON": truncated,
};

const kindOf = ({ pathname }: URL) => KINDS.find((kind) => pathname.startsWith(`/${kind}`)) ?? "deployment";

function asked(
  world: World,
  address: URL,
): { kind: Kind; items: readonly Item[]; order: (item: Item) => string } {
  const kind = kindOf(address);
  const repositories = address.searchParams.getAll("repository");
  const items = world.list(kind).filter(({ repository }) => repositories.includes(repository));
  const isByUpdate = address.searchParams.get("order") === "updated";
  const order = ({ updatedAt, id }: Item) =>
    isByUpdate ? `${String(updatedAt).padStart(16, "0")} ${id}` : id;
  return { kind, items, order };
}

/** Those after a place, in an order that stays the same when things change before it. */
function page(world: World, address: URL, fault: Fault | undefined): object {
  const { items, order } = asked(world, address);
  const after = fault === "wrong page" ? "" : (address.searchParams.get("after") ?? "");
  const from = Number(address.searchParams.get("since") ?? 0);
  const rest = items
    .filter((item) => item.updatedAt >= from && order(item) > after)
    .sort((one, other) => (order(one) < order(other) ? -1 : 1));
  const some = rest.slice(0, fault === "empty page" ? 0 : Number(address.searchParams.get("size")));
  const last = some.at(-1);
  return {
    now: Date.parse(world.now),
    after,
    count: some.length,
    items:
      fault === "partial page" ? some.slice(0, -1) : fault === "doubled records" ? [...some, ...some] : some,
    next: some.length === rest.length ? null : last === undefined ? after : order(last),
  };
}

/** What there is of each repository, so that a client can find out what is gone. */
const ids = (world: World, address: URL): object => ({
  ids: asked(world, address).items.flatMap(({ id, repository, payload }) =>
    payload === null ? [] : [`${repository}:${id}`],
  ),
});
