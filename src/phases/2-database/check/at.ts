/** Where a model, or a member of it, is to be complained about: in the database, or in the answer that changed it. */
export type At = (model: string, member: string | null) => string;
