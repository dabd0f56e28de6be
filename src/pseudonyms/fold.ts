/** Case, blanks around and the form of accents make no difference, as in model.identity_name. */
export const folded = (name: string): string => name.trim().normalize("NFC").toLowerCase();

/** As it stands in an address of the web. */
export const escapedForm = (name: string): string => {
  try {
    return encodeURIComponent(name).toLowerCase();
  } catch {
    // Half of a surrogate pair, which no address holds.
    return name;
  }
};
