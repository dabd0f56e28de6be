import { rm, writeFile } from "node:fs/promises";
import { refusalOf } from "./refused-write.ts";

const FULL = { ENOSPC: "full", EDQUOT: "full" };

/** Writes a file that is not there yet, and leaves no beginning of it where the disk is full. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: "wx" }).catch(async (error: unknown) => {
    if (refusalOf(error, FULL) !== undefined) await rm(file, { force: true });
    throw error;
  });
}
