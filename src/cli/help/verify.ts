import { defineCommand } from "../command.ts";

export const verify = defineCommand({
  name: "verify",
  summary: "Check that what was collected, or a pack, is unaltered.",
  description:
    "Without an argument: recomputes the hash of every stored record and batch, and the chain over them. With the folder or zip of a " +
    "pack: checks its sums, signature, statement, evidence log and what its PDF holds, and names every file that is not as it was; computes its results anew from its evidence, and names every one that differs. " +
    "Trusts nothing in the pack; whose key may sign, you say. Exit code 1 when something does not match. " +
    "A pack's VERIFY.md says how to do the same with stock tools.",
  positionals: [{ name: "pack", description: "Folder or zip of a pack; left out = the database." }],
  options: {
    key: {
      type: "string",
      multiple: true,
      value: "file or fingerprint",
      description: "Who may have signed: a public key file, or SHA256:... Never from the pack itself. Several times for several keys.",
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
    evidence: {
      type: "string",
      value: "folder",
      description: "Period pack of the same records, for results that a pack's own records are not enough for.",
    },
    "pack-sql": {
      type: "boolean",
      description: "Compute results with the pack's own SQL instead of that installed here.",
    },
    "files-only": { type: "boolean", description: "Check files and signatures, and compute nothing anew." },
    json: { type: "boolean", description: "Print the verdict on a pack as JSON." },
  },
  examples: [
    ["quarterdeck verify", "check the database"],
    ["quarterdeck verify public/packs/payments-2.4.0 --key audit.pub", "check a pack that was signed"],
    ["quarterdeck verify payments-2.4.0.zip --key SHA256:... --json", "the same for a program"],
  ],
});
