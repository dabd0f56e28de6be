import { prove } from "./prove.ts";
import { github } from "./github/seeds.ts";

prove(github);
