/** Conditions of a statement with the values of their parameters. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  /** @param text  one condition; each ? in it stands for the next of the values */
  add(text: string, ...values: readonly unknown[]): this {
    let next = 0;
    this.parts.push(text.replaceAll('?', () => this.value(values[next++])));
    return this;
  }

  /** Adds a condition where its value was given. */
  addGiven(text: string, value: unknown): this {
    return value === undefined || value === null ? this : this.add(text, value);
  }

  /** A parameter for a value. @returns its placeholder */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** Other conditions' text, with their values among these. */
  embed({ text, values }: Conditions): string {
    const before = this.values.length;
    this.values.push(...values);
    return text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${before + Number(number)}`);
  }

  copy(): Conditions {
    const copy = new Conditions();
    copy.values.push(...this.values);
    copy.parts.push(...this.parts);
    return copy;
  }

  /** All of them together. */
  get text(): string {
    return this.parts.length === 0 ? 'true' : this.parts.map((part) => `(${part})`).join(' and ');
  }
}
