/** Which fields and items some keyword has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export class Seen {
  readonly keys = new Set<string>();
  readonly items = new Set<number>();

  add(other: Seen): void {
    for (const key of other.keys) this.keys.add(key);
    for (const index of other.items) this.items.add(index);
  }
}
