/** A stretch of time, both ends included, in whole seconds as GitHub keeps them. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** GitHub gives no more than this for one set of filters, and does not always say that there is more. */
export const MOST_LISTED = 1_000;

/** Half of what may be listed, since runs are spread unevenly. */
const AIMED_AT = MOST_LISTED / 2;
const MOST_PARTS = 64;

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);
export const instantOf = (second: number) => new Date(second * 1000).toISOString().replace(".000Z", "Z");

export const canSplit = ({ from, to }: Window): boolean => seconds(to) > seconds(from);

/** Cuts a window that holds so many runs into equal parts, the newest first. */
export function split({ from, to }: Window, total: number): Window[] {
  const start = seconds(from);
  const length = seconds(to) - start + 1;
  const parts = Math.min(length, MOST_PARTS, Math.max(2, Math.ceil(total / AIMED_AT)));
  const cut = (index: number) => start + Math.floor((length * index) / parts);
  return Array.from({ length: parts }, (_, index) => ({
    from: instantOf(cut(index)),
    to: instantOf(cut(index + 1) - 1),
  })).reverse();
}
