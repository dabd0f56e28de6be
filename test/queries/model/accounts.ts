import type { History } from "../../support/history.ts";
import { given } from "../../support/history.ts";
import { storePage } from "../../../src/warehouse/store.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";

/** Somebody as an issue of Jira names them who opened it. */
export interface Account {
  readonly login?: string | undefined;
  readonly account?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly at?: string | undefined;
}

export interface Accounts extends Partial<Omit<History, "config">> {
  readonly people?: NonNullable<History["config"]>["people"];
  readonly publish?: NonNullable<History["config"]>["publish"];
  /** Source -> who opened an issue there. */
  readonly accounts?: Readonly<Record<string, readonly Account[]>>;
}

export const asOf = "2026-06-30T00:00:00Z";

/** A history beside which each source of `accounts` is a Jira of its own. */
export async function givenAccounts({ accounts = {}, people, publish, ...history }: Accounts): Promise<Warehouse> {
  const jira = { collector: "jira", url: "https://jira.example.com", email: "reader@example.com", token: "${JIRA_TOKEN}" };
  const sources = Object.fromEntries(Object.keys(accounts).map((source) => [source, jira]));
  const warehouse = await given({
    asOf,
    data: {},
    ...history,
    config: { sources, ...(people && { people }), ...(publish && { publish }) } as NonNullable<History["config"]>,
  });
  const fetchedAt = new Date(asOf);
  for (const [source, opened] of Object.entries(accounts)) {
    await warehouse.run("insert into raw.run select coalesce(max(run_id), 0) + 1, ?, ?, 'completed', 'test' from raw.run", [asOf, asOf]);
    const [run] = await warehouse.rows<{ runId: number }>('select max(run_id) as "runId" from raw.run');
    const records = opened.map((account, index) => ({ key: String(index), payload: issueOf(account, index) }));
    await storePage(warehouse, { source, stream: "issue", runId: run?.runId ?? 0, fetchedAt }, { records, cursor: 1 });
  }
  return warehouse;
}

const issueOf = ({ login, account, email, name, type, at = "2026-03-01T10:00:00Z" }: Account, index: number) => ({
  key: `T-${index}`,
  fields: {
    created: at,
    summary: "",
    reporter: {
      ...(login === undefined ? {} : { name: login }),
      ...(account === undefined ? {} : { accountId: account }),
      ...(email === undefined ? {} : { emailAddress: email }),
      ...(name === undefined ? {} : { displayName: name }),
      ...(type === undefined ? {} : { accountType: type }),
    },
  },
});

/** Login -> who it is. */
export async function peopleOf(warehouse: Warehouse): Promise<Record<string, string>> {
  const rows = await warehouse.rows<{ login: string; person_id: string }>("select login, person_id from model.person_login order by login");
  return Object.fromEntries(rows.map(({ login, person_id }) => [login, person_id]));
}

/** Login -> why it is whose it is. */
export async function reasonsOf(warehouse: Warehouse): Promise<Record<string, string>> {
  const rows = await warehouse.rows<{ login: string; reason: string }>("select login, reason from model.person_login order by login");
  return Object.fromEntries(rows.map(({ login, reason }) => [login, reason]));
}
