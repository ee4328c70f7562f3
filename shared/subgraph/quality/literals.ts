/** Values of one statement. They stand in it as marks while it is made, and are parameters when it is sent, so that nothing
 *  that a rule or a record says is ever a part of the statement. */
export class Literals {
  private readonly values: unknown[] = [];

  /** @returns the mark that stands for the value */
  of(value: unknown): string {
    return `${MARK}${this.values.push(value) - 1}${MARK}`;
  }

  /** @returns the statement with a placeholder for each mark, and the parameters in their order */
  apply(sql: string): { readonly text: string; readonly parameters: unknown[] } {
    const parameters: unknown[] = [];
    const text = sql.replaceAll(MARKS, (_, at: string) => {
      parameters.push(this.values[Number(at)]);
      return '?';
    });
    return { text, parameters };
  }
}

/** No name of a column has a control character. */
const MARK = '\u0001';
const MARKS = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');
