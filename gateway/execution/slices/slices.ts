import type { RequestProtections } from '../../request/protections.js';
import type { DisputeBook } from '../dispute-book.js';
import { isUndisputed, type Copies } from './copied-object.js';
import type { RecordLayout } from './layout.js';
import { Tape } from './tape.js';

/** The data of a plan that runs without parsing anything, as long as nothing comes that has to be parsed. */
export class Slices {
  readonly tape: Tape;
  private readonly events: (() => void)[] = [];

  constructor(root: RecordLayout) {
    this.tape = new Tape(root);
  }

  /** @returns undefined where the answer is not written from slices, records may be withheld from the caller, or items of it
   *           may be under correction */
  static open(
    copies: Copies | undefined,
    protections: RequestProtections | undefined,
    disputes: DisputeBook | undefined,
  ): Slices | undefined {
    if (!copies || !isUndisputed(copies, disputes)) return undefined;
    for (const subgraph of copies.places.withholding) if (protections?.of(subgraph)) return undefined;
    return new Slices(copies.places.root.layout);
  }

  /** Notes something to be done again on parsed data, where it comes to that. */
  note(again: () => void): void {
    this.events.push(again);
  }

  /** Does everything again, in the order in which it was done. */
  replay(): void {
    for (const again of this.events) again();
  }
}

/** Goes on with parsed data, where that was not done yet. */
export function toObjects(state: { slices: Slices | undefined }): void {
  const { slices } = state;
  if (!slices) return;
  state.slices = undefined;
  slices.replay();
}
