export interface Timing {
  readonly name: string;
  readonly seconds: number;
}

/** Runs `work` once and says how long it took. */
export async function timed(name: string, work: () => Promise<unknown>): Promise<Timing> {
  const began = performance.now();
  await work();
  return { name, seconds: (performance.now() - began) / 1000 };
}

export function print({ name, seconds }: Timing): void {
  console.log(`${seconds.toFixed(2).padStart(8)} s  ${name}`);
}
