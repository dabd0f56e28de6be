import { prove } from "./prove.ts";
import { servicenow } from "./servicenow/seeds.ts";

prove(servicenow);
