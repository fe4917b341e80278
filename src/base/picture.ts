/** One drawing in two forms. */
export interface Picture {
  svg: string;
  png: Uint8Array;
}
