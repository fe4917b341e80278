/** The condition of a text search: the column contains the words as they are, whatever their case. */
export const containing = (words: string | undefined): { contains: string; mode: "insensitive" } | undefined =>
  // Prisma hands the words to LIKE unescaped, where % and _ would match anything.
  words === undefined ? undefined : { contains: words.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" };
