import type { z } from "zod";
import { assertShape, unexpected } from "./failures.ts";

/** Most records of a page. */
export const MANY = 100;

/** How each page of a list is asked for. */
export const PAGED = { perPage: MANY, showExpanded: true } as const;

/** The newest first. */
export const BY_UPDATE = { orderBy: "updated_at", sort: "desc", ...PAGED } as const;

/** A page of a list, as gitbeaker hands it on where it is asked for all of the answer. */
export interface Listed<Item> {
  readonly data: readonly Item[];
  /** `total` is NaN where GitLab leaves it out: above 10,000 records, and for lists that it does not count. */
  readonly paginationInfo: { readonly next: number | null; readonly total: number };
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next: number | null;
  readonly total: number | undefined;
}

export interface List<Item> {
  /** What is said where an answer is none. */
  readonly what: string;
  /** What each record must have. More may come, and is handed on as it is. */
  readonly shape: z.ZodType;
  readonly ask: (page: number) => Promise<Listed<Item>>;
}

export async function pageOf<Item>({ what, shape, ask }: List<Item>, page: number): Promise<ListPage<Item>> {
  const { data, paginationInfo } = (await ask(page)) as Partial<Listed<Item>>;
  if (!Array.isArray(data) || !paginationInfo) throw unexpected(what, "a list of records");
  for (const item of data) assertShape(what, shape, item);
  const { next, total } = paginationInfo;
  if (next !== null && next <= page)
    throw unexpected(what, `a page after ${page}, since it says that there are more`);
  return { items: data as Item[], next, total: Number.isNaN(total) ? undefined : total };
}

/** A list page by page. */
export async function* pagesOf<Item>(list: List<Item>): AsyncGenerator<readonly Item[]> {
  for (let page: number | null = 1; page !== null;) {
    const { items, next }: ListPage<Item> = await pageOf(list, page);
    yield items;
    page = next;
  }
}

/** All of a list that is short. */
export async function whole<Item>(list: List<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const items of pagesOf(list)) all.push(...items);
  return all;
}
