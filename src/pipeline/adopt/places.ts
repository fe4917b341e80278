/** Where in the text of a schema a model or a field stands. */
import { type PrismaSchema, withoutComments } from "../../base/prisma-schema.js";

export class Places {
  private readonly lines: string[];

  public constructor(private readonly schema: PrismaSchema) {
    this.lines = withoutComments(schema.text).split("\n");
  }

  /** `schema.prisma:12` */
  public at(line: number): string {
    return `${this.schema.file}:${line}`;
  }
  public model(name: string): string {
    return this.at(this.startOf(name) + 1);
  }
  public field(model: string, field: string): string {
    return this.within(model, new RegExp(`^\\s*${field}\\s`));
  }
  /** First line of the model that the pattern fits. */
  public within(model: string, pattern: RegExp): string {
    const start = this.startOf(model);
    const found = this.lines.findIndex((line, index) => index > start && pattern.test(line));
    return this.at((found < 0 ? start : found) + 1);
  }
  /** All lines that the pattern fits, with the model they stand in. */
  public all(pattern: RegExp): { at: string; model: string | null; line: string }[] {
    let model: string | null = null;
    return this.lines.flatMap((line, index) => {
      model = /^\s*model\s+(\w+)/.exec(line)?.[1] ?? model;
      return pattern.test(line) ? [{ at: this.at(index + 1), model, line: line.trim() }] : [];
    });
  }

  private startOf(model: string): number {
    return Math.max(
      0,
      this.lines.findIndex((line) => new RegExp(`^\\s*model\\s+${model}\\b`).test(line)),
    );
  }
}
