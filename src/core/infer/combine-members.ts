import { normalisedEntropy } from './entropy-term.ts'

/** What several members or passes say of the class of one image or object. */
export interface CombinedClasses {
  /** Mean over the members. */
  readonly probabilities: Float64Array
  /** Of the mean; the first of equals. */
  readonly likeliest: number
  /** Entropy of the mean, 0 (certain) to 1. */
  readonly entropy: number
  /** 0 to 1: what the members disagree about (BALD, Houlsby et al. 2011). */
  readonly mutualInformation: number
  /** Share of the members that do not vote for the class most voted for, 0 to 1 − 1/classes (Freeman 1965). */
  readonly variationRatio: number
}

/** @throws RangeError for no members or members that differ in their number of classes. */
export function combineClasses(members: readonly (Float32Array | Float64Array)[]): CombinedClasses {
  const classes = lengthOfAll(members)
  const probabilities = new Float64Array(classes)
  const votes = new Uint32Array(classes)
  let expected = 0
  for (const member of members) {
    for (let k = 0; k < classes; k += 1) probabilities[k]! += member[k]! / members.length
    votes[likeliestOf(member)]! += 1
    expected += normalisedEntropy(member) / members.length
  }
  const entropy = normalisedEntropy(probabilities)
  return {
    probabilities,
    likeliest: likeliestOf(probabilities),
    entropy,
    mutualInformation: members.length === 1 ? 0 : Math.max(0, entropy - expected),
    variationRatio: 1 - Math.max(...votes) / members.length,
  }
}

export interface CombinedEmbeddings {
  /** Of length 1; zeros where the members cancel each other out. */
  readonly direction: Float64Array
  /** 1 − length of the mean of the members' directions: 0 all agree, 1 they cancel (Mardia & Jupp 2000, §9.2). */
  readonly dispersion: number
}

/**
 * Mean direction of the embeddings of one image by several passes, every one of the same weight.
 *
 * Only passes of one network, or members trained to one space, can be combined.
 * @throws RangeError for no members, members of different length, or one without direction.
 */
export function combineEmbeddings(
  members: readonly (Float32Array | Float64Array)[],
): CombinedEmbeddings {
  const direction = new Float64Array(lengthOfAll(members))
  for (const member of members) {
    const length = lengthOf(member)
    if (!(length > 0)) throw new RangeError('An embedding of length 0 has no direction')
    for (let i = 0; i < direction.length; i += 1) {
      direction[i]! += member[i]! / length / members.length
    }
  }
  const resultant = lengthOf(direction)
  if (resultant > 0) for (let i = 0; i < direction.length; i += 1) direction[i]! /= resultant
  return { direction, dispersion: Math.min(1, Math.max(0, 1 - resultant)) }
}

/** Mean and variance, value by value, of maps of distances, flows or anything else that is a number. */
export interface CombinedMaps {
  readonly mean: Float32Array
  /** Over the members themselves (divided by their number); 0 for one. */
  readonly variance: Float32Array
  readonly members: number
}

export interface MapSum {
  /** @throws RangeError for another length than that of the sum. */
  add(values: Float32Array): void
  /** Uses up what was added. @throws RangeError when nothing was. */
  finish(): CombinedMaps
}

/** Collects maps one by one (Welford 1962), so that only two of them are held at once. */
export function createMapSum(length: number): MapSum {
  const mean = new Float32Array(length)
  const squares = new Float32Array(length)
  let members = 0
  return {
    add(values) {
      if (values.length !== length) throw new RangeError(`${values.length} values for ${length}`)
      members += 1
      const share = 1 / members
      for (let i = 0; i < length; i += 1) {
        const before = mean[i]!
        const off = values[i]! - before
        const after = before + off * share
        mean[i] = after
        squares[i]! += off * (values[i]! - after)
      }
    },
    finish() {
      if (members === 0) throw new RangeError('No map was added')
      const share = 1 / members
      for (let i = 0; i < length; i += 1) squares[i]! *= share
      return { mean, variance: squares, members }
    },
  }
}

function lengthOfAll(members: readonly ArrayLike<number>[]): number {
  const length = members[0]?.length ?? 0
  if (length === 0 || members.some(member => member.length !== length)) {
    throw new RangeError(`Members of ${members.map(member => member.length).join(', ')} values`)
  }
  return length
}

function likeliestOf(values: ArrayLike<number>): number {
  let best = 0
  for (let k = 1; k < values.length; k += 1) if (values[k]! > values[best]!) best = k
  return best
}

function lengthOf(vector: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}
