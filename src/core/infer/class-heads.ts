import { z } from 'zod'
import { classColumnWord } from './class-columns.ts'
import { fitTemperature } from './calibration.ts'
import {
  fitLogistic,
  guessByLogistic,
  guessByPrototypes,
  makePrototypes,
  type ClassGuess,
  type Example,
  type LogisticClasses,
} from './few-shot.ts'
import type { LinearScores } from './linear-scores.ts'

export const CLASS_NAME = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.+-]*$/u, 'a name of letters, digits, blanks, _ . + -')
  .max(60)

const Vector = z.array(z.number()).min(1).max(4096)

/**
 * Classes of embeddings as a recipe carries them: all it takes to tell them, to the bit.
 *
 * `means`, `spread` and `temperature` are those of `Prototypes`. Where there are `logistic` weights, they give the
 * probabilities (and hold their own temperature already); the distance is from the means all the same.
 */
export const ClassHead = z
  .strictObject({
    names: z.array(CLASS_NAME).min(2).max(64),
    means: z.array(Vector),
    spread: z.number().positive(),
    temperature: z.number().positive(),
    logistic: z
      .strictObject({ weights: z.array(Vector), intercepts: z.array(z.number()) })
      .nullable()
      .default(null),
  })
  .refine(({ names }) => new Set(names.map(classColumnWord)).size === names.length, {
    message: 'names of which no two differ by punctuation alone',
    path: ['names'],
  })
  .refine(({ names, means, logistic }) => {
    const [first] = means
    const rows = [...means, ...(logistic?.weights ?? [])]
    const lists = [means, ...(logistic === null ? [] : [logistic.weights, logistic.intercepts])]
    return (
      lists.every(({ length }) => length === names.length) &&
      rows.every(({ length }) => length === first?.length)
    )
  }, 'for each class as many numbers as an embedding has')
export type ClassHead = z.infer<typeof ClassHead>

export type HeadKind = 'prototypes' | 'logistic'

export interface HeadGuess extends ClassGuess {
  /** To the nearest class's mean over the spread of examples: about 1 is usual, above 2 or so it is none of them. */
  readonly distance: number
}

/** @throws RangeError for a vector of another length. */
export function guessByHead(head: ClassHead, vector: ArrayLike<number>): HeadGuess {
  const { means, spread, temperature, logistic } = head
  const prototypes = { means: means.map(mean => Float64Array.from(mean)), spread, temperature }
  const near = guessByPrototypes(prototypes, vector)
  if (logistic === null) return near
  return { ...guessByLogistic(asArrays(logistic), vector), distance: near.distance }
}

/** How many numbers an embedding has that a head can judge. */
export function lengthOfHead({ means }: ClassHead): number {
  return means[0]!.length
}

/**
 * The classes' logits as linear functions of an embedding of length 1, up to what all classes share.
 *
 * −|e − m|² is 2 m·e − |m|² − 1 for a unit vector e, so prototypes are linear there too.
 */
export function scoresOfHead({ means, spread, temperature, logistic }: ClassHead): LinearScores {
  if (logistic !== null) return asArrays(logistic)
  const unit = spread * spread * temperature
  return {
    weights: means.map(mean => Float64Array.from(mean, value => (2 * value) / unit)),
    intercepts: Float64Array.from(
      means,
      mean => -mean.reduce((sum, value) => sum + value * value, 0) / unit,
    ),
  }
}

/**
 * Fits a head to examples, at least two of each class.
 *
 * Logistic weights are divided by the temperature by which examples that were left out, a tenth at a time, are told
 * best (Guo et al. 2017). Numbers are rounded to seven digits, so that a recipe stays readable.
 * @returns null for a class with fewer than two examples, or examples that do not differ at all
 */
export function fitHead(
  examples: readonly Example[],
  names: readonly string[],
  kind: HeadKind,
): ClassHead | null {
  const isFew = names.some((_, k) => examples.filter(({ label }) => label === k).length < 2)
  if (isFew) return null
  const { means, spread, temperature } = makePrototypes(examples, names.length)
  if (!(spread > LEAST_SPREAD)) return null
  const logistic = kind === 'logistic' ? fitCalibrated(examples, names.length) : null
  return {
    names: [...names],
    means: means.map(rounded),
    spread: round(spread),
    temperature: round(temperature),
    logistic:
      logistic === null
        ? null
        : {
            weights: logistic.weights.map(rounded),
            intercepts: rounded(logistic.intercepts),
          },
  }
}

/** What rounding alone makes of examples that are all the same, for embeddings of length 1. */
const LEAST_SPREAD = 1e-6

const CALIBRATION_FOLDS = 10

function fitCalibrated(examples: readonly Example[], classes: number): LogisticClasses {
  const { weights, intercepts } = fitLogistic(examples, classes)
  const told: { readonly logits: Float64Array; readonly label: number }[] = []
  for (let fold = 0; fold < CALIBRATION_FOLDS; fold += 1) {
    const rest = examples.filter((_, i) => i % CALIBRATION_FOLDS !== fold)
    if (new Set(rest.map(({ label }) => label)).size < classes) continue
    const part = fitLogistic(rest, classes)
    for (const [i, { vector, label }] of examples.entries()) {
      if (i % CALIBRATION_FOLDS !== fold) continue
      // Logarithms of probabilities are logits up to what all classes share.
      told.push({ logits: guessByLogistic(part, vector).probabilities.map(Math.log), label })
    }
  }
  const scale = told.length === 0 ? 1 : 1 / temperatureOf(told, classes)
  return {
    weights: weights.map(row => row.map(value => value * scale)),
    intercepts: intercepts.map(value => value * scale),
  }
}

function temperatureOf(
  told: readonly { readonly logits: Float64Array; readonly label: number }[],
  classes: number,
): number {
  const logits = new Float32Array(classes * told.length)
  for (const [i, { logits: own }] of told.entries()) {
    for (let k = 0; k < classes; k += 1) logits[k * told.length + i] = own[k]!
  }
  const labels = told.map(({ label }) => label)
  // Examples that are told apart without exception want ever colder; a tenth is as sure as a few can be.
  return Math.max(0.1, fitTemperature(logits, labels, classes).temperature)
}

function asArrays({ weights, intercepts }: NonNullable<ClassHead['logistic']>): LogisticClasses {
  return {
    weights: weights.map(row => Float64Array.from(row)),
    intercepts: Float64Array.from(intercepts),
  }
}

function rounded(values: Float64Array): number[] {
  return Array.from(values, round)
}

function round(value: number): number {
  return Number(value.toPrecision(7))
}
