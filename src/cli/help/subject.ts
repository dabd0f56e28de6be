import { defineCommand } from "../command.ts";

export const subject = defineCommand({
  name: "subject",
  summary: "Print everything that is kept about a person.",
  description:
    "A subject-access export: who the person is, by which logins and addresses, and every version of every record that names one of these, " +
    "with the fields that do. Printed as JSON. What it prints is as confidential as the database.",
  positionals: [{ name: "login", description: "A login, account, address or name, as a source writes it.", isRequired: true }],
  options: {},
  examples: [["quarterdeck subject jane@example.com > jane.json", "what is kept about Jane"]],
});
