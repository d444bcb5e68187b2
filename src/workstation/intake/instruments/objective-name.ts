/** The magnification that an objective's name begins with or holds: 40 in `40X Plan Apo Lambda`; null without one. */
export function magnificationIn(name: string): number | null {
  const magnification = /(?:^|[\s_])(\d{1,3}(?:\.\d{1,2})?) ?[xX](?![A-Za-z0-9])/.exec(name)?.[1]
  return magnification === undefined ? null : Number(magnification)
}
