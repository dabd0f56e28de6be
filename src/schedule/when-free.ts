import type { Effects } from "../effects.ts";
import { saysInUse } from "../warehouse/database-error.ts";

const PAUSE = 5_000;

interface Waiting {
  readonly effects: Effects;
  readonly stop: AbortSignal;
  /** Called once, however long it lasts. */
  readonly onWait: (message: string) => void;
}

/**
 * Does what needs the database, again and again while another process holds it.
 * @returns undefined when asked to stop meanwhile
 */
export async function whenFree<Result>(
  work: () => Promise<Result>,
  { effects, stop, onWait }: Waiting,
): Promise<Result | undefined> {
  let isSaid = false;
  while (!stop.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!saysInUse(error)) throw error;
      if (!isSaid) onWait(error instanceof Error ? error.message : String(error));
      isSaid = true;
    }
    await effects.sleep(PAUSE, stop);
  }
  return undefined;
}
