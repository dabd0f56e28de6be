import type { AudienceKind } from "../audience/audience.ts";

/** What a column holds, in the words of docs/data.md. */
export type ColumnType = "text" | "integer" | "number" | "boolean" | "timestamp" | "date" | "list of text";

export interface PublishedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
}

/** A relation of queries/publish, as it is offered for download. */
export interface PublishedTable {
  readonly name: string;
  readonly relation: string;
  readonly title: string;
  readonly grain: string;
  readonly description: string;
  readonly columns: readonly PublishedColumn[];
  /** Column by which CSV and JSON are split; null where they are whole. */
  readonly part: string | null;
  /** Who sees it, with all who see more. */
  readonly audience: AudienceKind;
  readonly rows: number;
}

/** Tables of how the data was collected: kept apart, because two collections of the same data differ in them. */
const HISTORY = /^history_/;

/** Path of a table's files below `data/`, without ending: `changes`, `history/restatements`. */
export const tablePath = (name: string): string => name.replace(HISTORY, "history/");

export const isHistory = ({ name }: PublishedTable): boolean => HISTORY.test(name);
