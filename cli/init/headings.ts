import { LIST_ARGUMENTS, RESERVED_ITEMS } from '../../shared/declaration/index.js';

/** Names and titles of a type's items. Each is a heading of files too, so it stands for one item alone. */
export class Headings {
  /** Heading in small letters → column. */
  private readonly owners: Map<string, string>;

  constructor(columns: readonly string[]) {
    this.owners = new Map(columns.map((column) => [column.toLowerCase(), column]));
  }

  /** The proposed name, with a number behind it where it is taken. */
  takeName(proposed: string, column: string): string {
    let name = proposed;
    for (let count = 2; !this.isFree(name, column) || isReserved(name); count++)
      name = `${proposed.slice(0, 46)}${count}`;
    this.owners.set(name.toLowerCase(), column);
    return name;
  }

  /** The title, with the column behind it where it is taken. */
  takeTitle(title: string, column: string): string {
    let free = title;
    for (let count = 1; !this.isFree(free, column); count++)
      free = `${title.slice(0, 50)}（${column.slice(0, 40)}${count > 1 ? ` ${count}` : ''}）`;
    this.owners.set(free.toLowerCase(), column);
    return free;
  }

  private isFree(heading: string, column: string): boolean {
    const owner = this.owners.get(heading.toLowerCase());
    return owner === undefined || owner === column;
  }
}

const isReserved = (name: string): boolean => RESERVED_ITEMS.has(name) || LIST_ARGUMENTS.has(name);
