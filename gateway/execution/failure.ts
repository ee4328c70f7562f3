import type { ErrorCode } from '../../shared/kernel/index.js';

/** Placeholder in fetched data for a value that is missing because something failed. It moves with the data through
 *  merges, so the projection finds it exactly where the client sees the null. */
export class Failure {
  /** Inner keys and indices from here down to the field that failed, when the null moved up. */
  below: readonly (string | number)[] = [];
  /** True when it stands on the fields of an object but happened to the object. */
  onWhole = false;
  /** A second failure at the same place. */
  next: Failure | undefined;
  /** The failure that this one is a copy of; reports are remembered by it. */
  original: Failure = this;

  constructor(
    readonly code: ErrorCode,
    readonly message: string,
    /** Details for `extensions`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** True for an error that a subgraph reported at a place: it is reported wherever that place came to stand.
     *  False for a fetch that failed as a whole: reported once for each field that lacks a value by it. */
    readonly everywhere: boolean = false,
  ) {}

  /** The same failure at a place, with where it happened further below. */
  at(below: readonly (string | number)[], next: Failure | undefined): Failure {
    const moved = this.copyAs();
    moved.below = below;
    moved.next = next;
    return moved;
  }

  /** The same failure for what was lost beside the place where it happened, because a null took the whole object along.
   *  @param key   inner key of that place in the object
   *  @param next  a failure that what was lost had itself */
  beside(key: string, next?: Failure): Failure {
    const moved = this.copyAs();
    moved.below = [key, ...this.below];
    moved.next = next;
    moved.onWhole = true;
    return moved;
  }

  /** The same failure on each field of the object that it happened to. */
  onObject(): Failure {
    const moved = this.copyAs();
    moved.below = this.below;
    moved.next = this.next?.onObject();
    moved.onWhole = true;
    return moved;
  }

  /** The same failure for the object that it happened to, of which nobody could say the type. */
  ofObject(): Failure {
    const moved = this.copyAs();
    moved.below = this.below;
    moved.next = this.next?.ofObject();
    return moved;
  }

  /** The same failure for what depends on a value of the same object. Where that value itself failed, its place says nothing
   *  to a caller who did not ask for it; where another field of the object took it along, that field is still the cause. */
  asInput(): Failure {
    if (!this.onWhole) return this.copyAs();
    const moved = this.copyAs();
    moved.below = this.below;
    moved.onWhole = true;
    return moved;
  }

  /** The same failure for what depends on a value inside another object. */
  asInputBelow(): Failure {
    return this.copyAs();
  }

  /** The same failure as that of the whole fetch, because it has no better place. */
  ofFetch(): Failure {
    return this.copyAs(false);
  }

  private copyAs(everywhere = this.everywhere): Failure {
    const moved = new Failure(this.code, this.message, this.details, everywhere);
    moved.original = this.original;
    return moved;
  }
}
