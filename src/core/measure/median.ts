/**
 * The median of the first `count` values; the mean of the middle two where the count is even. NaN for none.
 *
 * Reorders the values (Hoare's selection), which is what makes it fast. They must not be NaN.
 */
export function takeMedian(values: Float64Array, count: number = values.length): number {
  if (count === 0) return NaN
  const middle = count >> 1
  const upper = select(values, count, middle)
  if (count % 2 === 1) return upper
  let lower = -Infinity
  for (let i = 0; i < middle; i += 1) if (values[i]! > lower) lower = values[i]!
  return (lower + upper) / 2
}

/** Puts the value of this rank (from 0) in its place, smaller ones before it and larger ones after it. */
function select(values: Float64Array, count: number, rank: number): number {
  let left = 0
  let right = count - 1
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!)
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i += 1
      while (values[j]! > pivot) j -= 1
      if (i > j) break
      const value = values[i]!
      values[i] = values[j]!
      values[j] = value
      i += 1
      j -= 1
    }
    if (rank <= j) right = j
    else if (rank >= i) left = i
    else break
  }
  return values[rank]!
}

function middleOf(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a
  return a < c ? a : b < c ? c : b
}
