import type { Chance } from "../../support/chance.ts";

export interface FaultRule<Fault> {
  readonly fault: Fault;
  /** Passes so many by, before the first. */
  readonly skip?: number;
  /** Strikes so often; once, where nothing is said. */
  readonly times?: number;
}

/** The first rule that concerns a request strikes, one a request. */
export function byRule<Target, Rule extends FaultRule<unknown>>(
  rules: readonly Rule[],
  concerns: (rule: Rule, target: Target) => boolean,
): (target: Target) => Rule["fault"] | undefined {
  const left = rules.map(({ skip = 0, times = 1 }) => ({ skip, times }));
  return (target) => {
    for (const [index, rule] of rules.entries()) {
      const state = left[index];
      if (!state || state.times === 0 || !concerns(rule, target)) continue;
      if (state.skip-- > 0) continue;
      state.skip = 0;
      state.times--;
      return rule.fault;
    }
    return undefined;
  };
}

/** Passes on what is to strike, but never more in a row: a client gives up some time. */
export function limitedInARow(most = 2): (strikes: boolean) => boolean {
  let row = 0;
  return (strikes) => {
    row = strikes && row < most ? row + 1 : 0;
    return row > 0;
  };
}

/** Once in a hundred requests the same fault again and again, so that a run ends; else what is planned. */
export function sometimesLasting<Fault>(
  chance: Chance,
  { fault, times }: { readonly fault: Fault; readonly times: number },
  plan: () => Fault | undefined,
): () => Fault | undefined {
  let left = 0;
  return () => {
    if (left > 0) {
      left -= 1;
      return fault;
    }
    if (chance.percent(1)) left = times;
    return plan();
  };
}
