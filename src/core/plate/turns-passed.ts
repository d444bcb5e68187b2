/**
 * Since when the turn of images that are not here is over, told by images of the same kind elsewhere.
 *
 * An instrument goes from place to place and takes the same kinds of image at each, whatever their names. Where those
 * before and those after a place have a kind, that place was passed by: in the order of imaging, in its reverse, and
 * where the instrument goes over the plate once for each channel. Nothing is before the first places: they were passed
 * by where the nearest after them got it before the farthest, so that this round goes away from them.
 *
 * @param arrivals when images of one kind came, milliseconds, of places in the order in which they were begun; NaN for
 *   one that is not here
 * @returns the moment at which it was certain, for those that are not here; NaN where it is not, or the image is here
 */
export function turnsPassed(arrivals: ArrayLike<number>): Float64Array {
  const count = arrivals.length
  const passed = new Float64Array(count).fill(NaN)
  let before = Infinity
  for (let i = 0; i < count; i += 1) {
    if (Number.isNaN(arrivals[i])) passed[i] = before
    else before = Math.min(before, arrivals[i]!)
  }
  // Of those that have the kind and come after: the earliest, the two nearest, and the farthest.
  let after = Infinity
  let nearest = NaN
  let next = NaN
  let farthest = NaN
  for (let i = count - 1; i >= 0; i -= 1) {
    const at = arrivals[i]!
    if (!Number.isNaN(at)) {
      if (Number.isNaN(farthest)) farthest = at
      after = Math.min(after, at)
      next = nearest
      nearest = at
    } else if (passed[i]! < Infinity) passed[i] = finite(Math.max(passed[i]!, after))
    else passed[i] = nearest < farthest ? Math.max(nearest, next) : NaN
  }
  return passed
}

function finite(moment: number): number {
  return moment < Infinity ? moment : NaN
}
