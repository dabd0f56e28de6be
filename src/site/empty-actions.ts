import { stringify } from "csv-stringify/sync";
import { entities, type Column } from "../../collectors/files/entities.ts";

/** Nobody is named where everybody reads, and what a review decided is written down with the review. */
const LEFT_OUT = ["owner", "review"];

const columns = Object.entries<Column>(entities.action.columns).filter(([name]) => !LEFT_OUT.includes(name));
const names = columns.map(([name]) => name);

/** The heads of actions.csv, for what a retrospective decides. */
export const emptyActions = (): string => stringify([names]);

/** What each column of actions.csv takes. */
export const actionColumns = (): { name: string; description: string; values: readonly string[] }[] =>
  columns.map(([name, { description, values = [] }]) => ({ name, description, values }));

/** Two rows as a retrospective might decide them, with their heads. */
export const exampleActions = ({ team, quarter }: { readonly team: string; readonly quarter: string }): string =>
  stringify(
    EXAMPLES.map((row) => ({ ...row, team, quarter })),
    { header: true, columns: names },
  );

const EXAMPLES = [
  {
    ...{ id: "retro-1", title: "Ask for a second reviewer at once", owner_role: "reviewers", status: "open" },
    ...{ metric: "change_lead_time", direction: "down", target: "3 days" },
  },
  {
    ...{ id: "retro-2", title: "Try the rollback before each release", status: "open" },
    ...{ metric: "change_fail_rate", direction: "down", target: "10 %" },
  },
];

/** How quarterdeck.yaml names the file. A snapshot: what is taken out of it is gone. */
export const ACTIONS_SOURCE = `sources:
  decisions:
    collector: files
    files:
      - { path: data/actions.csv, entity: action, mode: snapshot }`;
