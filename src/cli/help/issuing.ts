/** Options of every command that writes packs. */
export const issuingOptions = {
  sign: { type: "boolean", description: "Sign with the key of `signing` and so issue the pack, or fail." },
  "no-sign": { type: "boolean", description: "Write a draft although a key is configured." },
} as const;

/** Those of commands that write packs that were asked for one by one. */
export const packOptions = {
  ...issuingOptions,
  reason: {
    type: "string",
    value: "words",
    description: "Why there is a new edition of a pack that was issued; printed in it.",
  },
  zip: { type: "boolean", description: "Also write the folder as a zip beside it." },
} as const;
