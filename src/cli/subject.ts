import { didYouMean } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { unseenEscaped } from "../printable.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { mentionsOf, subjectsNamed, type Subject } from "../warehouse/subject.ts";
import { readArguments } from "./command.ts";
import { subject as command } from "./help/subject.ts";
import { openSession } from "./session.ts";

/** Prints what is kept about a person. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [login = ""] = positionals;
  const { warehouse } = await openSession(values, effects);
  try {
    const person = await subjectOf(warehouse, login);
    const records = await mentionsOf(warehouse, person.names);
    effects.stdout(
      `${unseenEscaped(JSON.stringify({ person: person.person_id, names: person.names, records }, null, 1))}\n`,
    );
    return 0;
  } finally {
    warehouse.close();
  }
}

/**
 * Who is known by a login, account, address or name.
 * @throws {UsageError} for nobody, and for a name of several
 */
export async function subjectOf(warehouse: Warehouse, login: string): Promise<Subject> {
  const [person, ...others] = await subjectsNamed(warehouse, login);
  if (person === undefined)
    throw new UsageError(`nobody is known by ${JSON.stringify(login)}${await suggestion(warehouse, login)}`);
  if (others.length > 0)
    throw new UsageError(
      `${others.length + 1} people are called ${JSON.stringify(login)}; ask for one by login or address: ${[person, ...others].map(({ names }) => names[0] ?? "").join(", ")}`,
    );
  return person;
}

async function suggestion(warehouse: Warehouse, login: string): Promise<string> {
  const known = await warehouse.rows<{ login: string }>(
    "select distinct login from model.person_login order by login",
  );
  return didYouMean(
    login,
    known.map((row) => row.login),
  );
}
