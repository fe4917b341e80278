/** What a program may import: the ASTs of the phases, their validators, and the functions that models are asked to call. */
export * from "./phases/1-analyze/ast.js";
