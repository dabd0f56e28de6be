import type { PackSignature } from "./pack-rows.ts";

/** An archive of a period that is over, as its own files tell of it. */
export interface ListedArchive {
  readonly folder: string;
  readonly label: string;
  readonly edition: number;
  /** First day, and the day after the last. */
  readonly from: string;
  readonly until: string;
  readonly records: number;
  readonly bytes: number;
  readonly writtenAt: string;
  /** Of its SHA256SUMS, which names it. */
  readonly sha256: string;
  readonly signature: PackSignature | null;
}

export interface Archived {
  readonly archives: readonly ListedArchive[];
  /** Records that the database knows by their hash alone: those that these archives give back, and those that none does. */
  readonly readFromArchives: number;
  readonly readNowhere: number;
}

export const NOTHING_ARCHIVED: Archived = { archives: [], readFromArchives: 0, readNowhere: 0 };
