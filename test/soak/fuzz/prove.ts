import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";
import type { Reader } from "./reader.ts";

const SEED = 20260630;

/** The inputs that tests go through. */
export function proveReaders(readers: readonly Reader[]): void {
  test.each(readers.filter((reader) => reader.test > 0))(
    "$name: whatever is made of real payloads is read, or refused in words",
    async (reader) => {
      const { failures } = await fuzz(reader, { inputs: reader.test, seed: SEED });
      const told = failures.map(({ message, input }) => [message, input?.bytes.toString("latin1").slice(0, 2000)]);
      expect(told).toEqual([]);
    },
  );
}
