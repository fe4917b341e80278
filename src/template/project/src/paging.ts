/** From the page a caller asks for to the rows of a query, and back. */
import type { IPage } from "./api/structures/IPage";

export interface Window {
  skip: number;
  take: number;
  current: number;
  limit: number;
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;
/** The database counts rows to skip in 32 bits; a page beyond that is as empty as the one at the limit. */
const LARGEST_SKIP = 2 ** 31 - 1;

export const window = (query: IPage.IRequest): Window => {
  const current = query.page ?? 1;
  const limit = Math.min(query.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT);
  return { skip: Math.min((current - 1) * limit, LARGEST_SKIP), take: limit, current, limit };
};

export const paginate = <T extends object>(records: number, { current, limit }: Window, data: T[]): IPage<T> => ({
  pagination: { current, limit, records, pages: Math.ceil(records / limit) },
  data,
});
