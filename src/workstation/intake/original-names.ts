/**
 * Names that a file would be a copy of by its own, which file managers give: `Copy of X.tif`, `X - Copy (2).tif`,
 * `X (1).tif`, `X (another copy).tif`, `X copy 2.tif`. Whether there is such a file, and with the same bytes, is for
 * the disk to say.
 */
export function originalNames(name: string): readonly string[] {
  const before = BEFORE.exec(name)
  const ending = /\.[^.]*$/.exec(name)?.[0] ?? ''
  const after = AFTER.exec(name.slice(0, name.length - ending.length))
  return [...(before === null ? [] : [before[1]!]), ...(after === null ? [] : [after[1]! + ending])]
}

const BEFORE = /^Copy (?:\(\d{1,3}\) )?of (.+)$/i
const AFTER =
  /^(.+?)(?: - Copy(?: \(\d{1,3}\))?| \(\d{1,3}\)| copy(?: \d{1,3})?| \((?:another |\d{1,3}(?:st|nd|rd|th) )?copy(?: \d{1,3})?\))$/i
