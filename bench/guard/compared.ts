/** Times of a stage, each divided by that of the calibration beside it. */
export type Ratios = Readonly<Record<string, number>>;

/** As many times slower as what is recorded a stage may become. */
export const MOST = 2;

/** Stages that are slower than they may be, or of which nothing is recorded. */
export const tooSlow = (ratios: Ratios, recorded: Ratios): string[] =>
  Object.entries(ratios).flatMap(([stage, ratio]) => (ratio <= MOST * (recorded[stage] ?? 0) ? [] : [stage]));

/** By stage the lower of both: other work on the machine makes a stage slower, never faster. */
export const best = (before: Ratios, now: Ratios): Ratios =>
  Object.fromEntries(Object.entries(now).map(([stage, ratio]) => [stage, Math.min(ratio, before[stage] ?? Infinity)]));

const shown = (ratio: number | undefined) => (ratio === undefined ? "-" : ratio.toFixed(2)).padStart(10);

/** One line for each stage. */
export function table(ratios: Ratios, recorded: Ratios): string[] {
  const slow = new Set(tooSlow(ratios, recorded));
  return Object.entries(ratios).map(([stage, ratio]) => {
    const known = recorded[stage];
    const words = known === undefined ? "not recorded" : `${(ratio / known).toFixed(2)} times as much`;
    return `${shown(ratio)}${shown(known)}  ${stage}: ${words}${slow.has(stage) ? `, ${MOST} at most: TOO SLOW` : ""}`;
  });
}
