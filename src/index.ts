/** What a program may import: the ASTs of the phases, their validators, and the functions that models are asked to call. */
export { type AutoBeAnalyze, analyzeFunctions, validateAnalyze } from "./phases/1-analyze/ast.js";
export { type AutoBeDatabase, databaseFunctions, validateDatabase } from "./phases/2-database/ast.js";
export { type AutoBeOpenApi, interfaceFunctions, validateOpenApi } from "./phases/3-interface/ast.js";
export { fullInterfaceFunctions } from "./phases/3-interface/full-ast.js";
export { type AutoBeTest, testFunctions, validateTest } from "./phases/4-test/ast.js";
export { fullTestFunctions } from "./phases/4-test/full-ast.js";
export { type AutoBeRealize, realizeFunctions, validateRealize } from "./phases/5-realize/ast.js";
export type { Report, Verification } from "./pipeline/contract.js";
export { repairFunctions } from "./pipeline/repair/ast.js";
