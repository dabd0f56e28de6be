import { prove } from "./prove.ts";
import { githubKills } from "./github/kills.ts";

prove(githubKills);
