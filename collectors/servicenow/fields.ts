import { z } from "zod";

const FIELD = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/;

const fieldName = z
  .string()
  .regex(FIELD, "expected the name of a field, such as u_reviewed_at or requested_by.email");

const oneOrMore = z.union([fieldName.transform((one) => [one]), z.array(fieldName)]);

/** What we want to know -> the fields in which ServiceNow has it, where nothing is configured; separated by spaces. */
type Wanted = Readonly<Record<string, readonly [fields: string, description: string]>>;

const namesIn = (text: string) => text.split(" ").filter((one) => one !== "");

/** Which field says what. The first that holds something counts; an empty list = none. */
export const fields = <W extends Wanted>(wanted: W) => {
  const shape = Object.fromEntries(
    Object.entries(wanted).map(([what, [names, description]]) => [
      what,
      oneOrMore
        .default(namesIn(names))
        .describe(`${description} A field or a list of them; the first that holds something counts.`),
    ]),
  ) as { [What in keyof W]: z.ZodDefault<typeof oneOrMore> };
  return z
    .strictObject(shape)
    .prefault({} as never)
    .describe("Which field says what.");
};
