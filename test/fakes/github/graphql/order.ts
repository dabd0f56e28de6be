import type { Entity } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { compareKeys, type Key, type Listing } from "./connection.ts";

export interface Order {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

interface Kept {
  readonly version: number;
  readonly listing: unknown;
}

const kept = new WeakMap<readonly unknown[], Map<string, Kept>>();

/** A list sorted by a field of its records, kept until something in the world changes. */
export function sorted<T extends Entity>(
  world: World,
  items: readonly T[],
  order: Order,
  keyOf: (item: T) => string | number,
): Listing<T> {
  const orders = kept.get(items) ?? new Map<string, Kept>();
  kept.set(items, orders);
  const name = `${order.field} ${order.direction}`;
  const known = orders.get(name);
  if (known?.version === world.version) return known.listing as Listing<T>;
  const listing = sortBy(items, order.direction === "DESC", (item) => [keyOf(item), item.databaseId]);
  orders.set(name, { version: world.version, listing });
  return listing;
}

export function sortBy<T>(items: readonly T[], isDescending: boolean, keyOf: (item: T) => Key): Listing<T> {
  const sign = isDescending ? -1 : 1;
  const inTurn = items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((one, other) => sign * compareKeys(one.key, other.key));
  return { items: inTurn.map(({ item }) => item), keyOf, isDescending };
}

/** `UPDATED_AT` -> `updatedAt` */
export const camelCase = (name: string) =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `READY_FOR_REVIEW_EVENT` -> `ReadyForReviewEvent` */
export const pascalCase = (name: string) => camelCase(`_${name}`);
