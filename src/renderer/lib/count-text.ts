/** A number of things: `1 image`, `6 images`. */
export function countText(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${count} ${thing}s`
}
