import type { z } from "zod";
import { SourceError } from "../../src/errors.ts";
import type { Json } from "../contract.ts";
import type { HttpClient, Parameters } from "../http/client.ts";
import { type Address, unexpected } from "./failures.ts";
import { halvesOf, type Progress, type Span } from "./windows.ts";

/** A record as PagerDuty gave it. */
export type Item = { [field: string]: Json } & { readonly id: string };

export interface ItemPage {
  readonly items: readonly Item[];
  readonly isLast: boolean;
  readonly total: number | undefined;
}

/** A field that is known to be text. */
export const textIn = (item: Item, field: string): string | undefined => {
  const value = item[field];
  return typeof value === "string" ? value : undefined;
};

/** A list of PagerDuty's. */
export interface List {
  readonly path: Address | `${Address}/${string}`;
  /** Under which name its records come. */
  readonly field: string;
  /** What each record must have. More may come, and is handed on as it is. */
  readonly shape: z.ZodType;
  readonly parameters?: Parameters;
  /** What PagerDuty answers where there are no records. */
  readonly noneAt?: number;
}

/** Most records of a page, and farthest that an offset may lead. */
const MOST = 100;
const FARTHEST = 10_000;

export async function pageOf(
  client: HttpClient,
  list: List,
  offset: number,
  parameters: Parameters = {},
): Promise<ItemPage> {
  const asked = { limit: MOST, offset, total: true, ...list.parameters, ...parameters };
  const { path, noneAt } = list;
  const { status, body } = await client.get(path, asked, noneAt === undefined ? [] : [noneAt]);
  return status === noneAt ? { items: [], isLast: true, total: 0 } : readPage(list, body);
}

function readPage({ path, field, shape }: List, body: unknown): ItemPage {
  const {
    [field]: items,
    more,
    total,
  } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  if (!Array.isArray(items)) throw unexpected(path, `a list of records under ${field}`);
  for (const item of items) assertShape(path, shape, item);
  if (more === true && items.length === 0)
    throw unexpected(path, "records, since it says that there are more");
  return {
    items: items as Item[],
    isLast: more !== true,
    total: typeof total === "number" ? total : undefined,
  };
}

export function assertShape(path: string, shape: z.ZodType, item: unknown): void {
  const { error } = shape.safeParse(item);
  const [problem] = error?.issues ?? [];
  if (!problem) return;
  const { id } = (item ?? {}) as { id?: unknown };
  const place = [typeof id === "string" ? id : "a record", ...problem.path].join(".");
  throw unexpected(path, `${place} to be as PagerDuty describes it (${problem.message})`);
}

/**
 * What is open of a list, page by page. A span with more records than an offset may lead to is halved until its
 * parts have fewer. Each page comes with what is open after it.
 */
export async function* walk(
  client: HttpClient,
  list: List,
  { until, open: left }: Progress,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly progress: Progress }> {
  for (let open = left; open[0];) {
    const [span, ...others]: Span[] = open as [Span, ...Span[]];
    const { items, isLast, total } = await pageOf(client, list, span.offset, {
      since: span.since,
      until: span.until,
    });
    // Something is gone meanwhile: what came after it moved up, and would be passed over.
    if ((total ?? Infinity) < (span.total ?? 0)) {
      open = [{ since: span.since, until: span.until, offset: 0 }, ...others];
      continue;
    }
    const read = span.offset + items.length;
    if ((total ?? 0) > FARTHEST || (!isLast && read + MOST > FARTHEST)) {
      open = [...halved(list, span), ...others];
      continue;
    }
    open = isLast ? others : [{ ...span, offset: read, ...(total !== undefined && { total }) }, ...others];
    yield { items, progress: { until, open } };
  }
}

function halved({ path }: List, span: Span): Span[] {
  const halves = halvesOf(span);
  if (halves) return halves;
  throw new SourceError(
    "pagerduty",
    "schema",
    `${path}: there are more than ${FARTHEST} records within a second of ${span.since}, and PagerDuty gives no more: set since to a later day`,
  );
}

/** A list that is asked for as a whole. */
export async function* whole(
  client: HttpClient,
  list: List,
  parameters: Parameters = {},
): AsyncGenerator<ItemPage> {
  for (let offset = 0; ;) {
    const page = await pageOf(client, list, offset, parameters);
    yield page;
    offset += page.items.length;
    if (page.isLast) return;
    if (offset + MOST > FARTHEST) throw tooMany(list);
  }
}

const tooMany = ({ path }: List) =>
  new SourceError(
    "pagerduty",
    "schema",
    `${path}: there are more than ${FARTHEST} records, and PagerDuty gives no more`,
  );
