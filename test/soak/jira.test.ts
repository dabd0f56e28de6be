import { jira } from "./jira/seeds.ts";
import { prove } from "./prove.ts";

prove(jira);
