import { openWarehouse, type OpenOptions, type Warehouse } from "../../warehouse/open.ts";

/** The database that an audience's site is made from, and the one that its views read. */
export interface Place {
  readonly path: string;
  readonly named?: string;
}

/** Opens it once more. */
export type Open = (options: Pick<OpenOptions, "threads" | "memoryLimit" | "writesTo">) => Promise<Warehouse>;

export const openAt =
  ({ path, ...named }: Place): Open =>
  (options) =>
    openWarehouse(path, { mode: "read", ...named, ...options });
