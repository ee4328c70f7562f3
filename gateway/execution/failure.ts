import type { ErrorCode, Text } from '../../shared/kernel/index.js';

/** A step down through fetched data: an inner key, with the types of the objects that it was fetched for where not for all, or
 *  an index. */
export type Step = string | number | { readonly key: string; readonly on: readonly string[] };
export const keyOf = (step: Step): string | number => (typeof step === 'object' ? step.key : step);
const leadsTo = (step: Step, key: string | number): boolean => keyOf(step) === key;

/** Placeholder in fetched data for a value that is missing because something failed. It moves with the data through
 *  merges, so the projection finds it exactly where the client sees the null. */
export class Failure {
  /** Levels of objects and lists from here up to the place that it made null: 1 for a field that was lost with its object. */
  up = 0;
  /** From that place down to the field that failed, when the null moved up. */
  below: readonly Step[] = [];
  /** A second failure at the same place. */
  next: Failure | undefined;
  /** The failure that this one is a copy of; reports are remembered by it. */
  original: Failure = this;

  constructor(
    readonly code: ErrorCode,
    readonly message: Text,
    /** Details for `extensions`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** True for an error that a subgraph reported at a place: it is reported wherever that place came to stand.
     *  False for a fetch that failed as a whole: reported once for each field that lacks a value by it. */
    readonly everywhere: boolean = false,
  ) {}

  /** The same failure at a place, with where it happened further below. */
  at(below: readonly Step[], next: Failure | undefined): Failure {
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
    moved.up = 1;
    return moved;
  }

  /** The same failure on each field of the object that it happened to. */
  onObject(): Failure {
    return this.shifted(this.up + 1, this.next?.onObject());
  }

  /** The same failure for what is inside a value that it happened to, or that was lost with it: at its own place, wherever that
   *  is from there. One that has no such place stands at each field that lacks a value by it. */
  inside(key: string | number): Failure {
    const next = this.next?.inside(key);
    if (this.below.length === 0) return this.ofFetch();
    return this.up === 0 && leadsTo(this.below[0]!, key)
      ? this.at(this.below.slice(1), next)
      : this.shifted(this.up + 1, next);
  }

  /** The same failure on the value under a key, where it stands on that key as on every other of the object. */
  onValueOf(key: string | number): Failure {
    return this.up === 1 && this.below.length > 0 && leadsTo(this.below[0]!, key)
      ? this.at(this.below.slice(1), this.next)
      : this;
  }

  /** The same failure for the object that it happened to, of which nobody could say the type. */
  ofObject(): Failure {
    return this.shifted(Math.max(this.up - 1, 0), this.next?.ofObject());
  }

  /** The same failure for what depends on a value of the same object. Where that value itself failed, its place says nothing
   *  to a caller who did not ask for it; where another field took it along, that field is still the cause. */
  asInput(): Failure {
    return this.up === 0 ? this.copyAs() : this.shifted(this.up, undefined);
  }

  /** The same failure for what depends on a value inside another object: where it took that object along, it is still the
   *  cause. */
  asInputBelow(): Failure {
    return this.up < 2 ? this.copyAs() : this.shifted(this.up - 1, undefined);
  }

  /** The same failure as that of the whole fetch, because it has no better place. */
  ofFetch(): Failure {
    return this.copyAs(false);
  }

  private shifted(up: number, next: Failure | undefined): Failure {
    const moved = this.at(this.below, next);
    moved.up = up;
    return moved;
  }

  private copyAs(everywhere = this.everywhere): Failure {
    const moved = new Failure(this.code, this.message, this.details, everywhere);
    moved.original = this.original;
    return moved;
  }
}
