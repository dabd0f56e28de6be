import { defineCommand } from "../command.ts";

export const archive = defineCommand({
  name: "archive",
  summary: "Write periods that are over as signed Parquet, verify such archives, and restore them.",
  description:
    "An archive holds what belongs to a month, quarter or year, with the hash of every version that was ever collected and the chain over them, so that it is verified on its own. " +
    "It is never altered: what comes late goes into another edition beside it. `restore` verifies first, and then gives the database back what the archive says, byte for byte: an empty database, " +
    "or the one that it was written from. Exit code 1 when `verify` finds something.",
  positionals: [
    {
      name: "action",
      description: "verify, restore or list; left out = write what --period or --until names.",
    },
    { name: "folder", description: "Folder of an archive to verify or restore, or one with several in it." },
  ],
  options: {
    period: {
      type: "string",
      value: "period",
      description: "Month (2026-03), quarter (2025-Q3) or year (2025) to archive.",
    },
    until: {
      type: "string",
      value: "period",
      description:
        "Archive every period of the same length up to and with this one, from the oldest record on.",
    },
    output: {
      type: "string",
      short: "o",
      value: "folder",
      description: "Where to write; left out = the first of `archives` in quarterdeck.yaml.",
    },
    sign: {
      type: "boolean",
      description: "Fail where no key is configured; with a key, archives are signed anyway.",
    },
    "no-sign": { type: "boolean", description: "Do not sign." },
    by: { type: "string", value: "name", description: "Restore: who does it; kept in the custody log." },
    key: {
      type: "string",
      multiple: true,
      value: "file or fingerprint",
      description: "Who may have signed: a public key file, or SHA256:... Never from the archive itself.",
    },
    "allowed-signers": {
      type: "string",
      value: "file",
      description: "The same as a list, as `ssh-keygen -Y verify -f` reads it.",
    },
    namespace: {
      type: "string",
      value: "name",
      description: "What the signature must have been made for; left out = release-evidence.",
    },
    json: { type: "boolean", description: "Print the verdict, or the list, as JSON." },
  },
  examples: [
    ["quarterdeck archive --until 2025-Q4", "each quarter up to the last of 2025"],
    ["quarterdeck archive verify archives/2025-Q3 --key audit.pub", "check one"],
    ['quarterdeck archive restore archives --by "records office"', "read all of them again"],
  ],
});
