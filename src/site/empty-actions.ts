import { stringify } from "csv-stringify/sync";
import { entities } from "../../collectors/files/entities.ts";

/** Nobody is named where everybody reads, and what a review decided is written down with the review. */
const LEFT_OUT = ["owner", "review"];

/** The heads of actions.csv, for what a retrospective decides. */
export const emptyActions = (): string =>
  stringify([Object.keys(entities.action.columns).filter((column) => !LEFT_OUT.includes(column))]);
