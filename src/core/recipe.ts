import { z } from 'zod'
import type { Sha256 } from './brand.ts'
import { canonicalJson, hashOf, type Json } from './canonical.ts'
import { NucleiParams } from './derive/nuclei-params.ts'
import { fail, ok, type Result } from './fault.ts'
import { Inference } from './infer/inference-params.ts'
import { CELL_STAINS, ChannelRule, NUCLEAR_STAINS } from './prepare/channel-roles.ts'
import { FocalPlane } from './prepare/choose-planes.ts'
import { QualitySettings } from './quality/rules.ts'

/**
 * Every parameter of the path of an image, as one document.
 *
 * What a document leaves out has its default, and the whole of it is what counts: a recipe's identity
 * is the hash of all its values. Editing makes another recipe.
 */
export const Recipe = z.strictObject({
  format: z.literal(1),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')
    .max(80),
  /** `draft` while an assay is developed, `locked` once it is established. */
  status: z.enum(['draft', 'locked']).default('draft'),
  /** How wells, sites and channels are told: `auto`, `loose`, an instrument, or a pattern with named groups. */
  naming: z.string().min(1).default('auto'),
  channels: z.array(ChannelRule).default([NUCLEAR_STAINS, CELL_STAINS]),
  quality: QualitySettings.prefault({}),
  prepare: z
    .strictObject({ focalPlane: FocalPlane.default('projection-or-sharpest') })
    .prefault({}),
  /** Networks that find the objects; left out where classical methods do. */
  infer: Inference.optional(),
  derive: z.strictObject({ nuclei: NucleiParams.prefault({}) }).prefault({}),
  /** Starts every random sequence; kept in each record. */
  seed: z.int().nonnegative().default(0),
})
export type Recipe = z.infer<typeof Recipe>

/** The recipe for nuclei in fluorescence, used where none is named. */
export const NUCLEI_FLUORESCENCE: Recipe = Recipe.parse({ format: 1, name: 'nuclei-fluorescence' })

/** The recipe for nuclei in fluorescence by three networks, which also say how sure they are. */
export const NUCLEI_NETWORK: Recipe = Recipe.parse({
  format: 1,
  name: 'nuclei-network',
  infer: { models: ['nuclei-1@1.0.0', 'nuclei-2@1.0.0', 'nuclei-3@1.0.0'] },
})

/** The same with one network: three times as fast, and less sure of how sure it is. */
export const NUCLEI_NETWORK_FAST: Recipe = Recipe.parse({
  format: 1,
  name: 'nuclei-network-fast',
  infer: { models: ['nuclei-1@1.0.0'] },
})

/** Reads a recipe; says which value makes no sense and what is allowed. */
export function parseRecipe(document: unknown, path: string): Result<Recipe> {
  const parsed = Recipe.safeParse(document)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  const field = issue.path.join('.') || 'document'
  const value = JSON.stringify(valueAt(document, issue.path)) ?? 'missing'
  return fail({
    kind: 'recipe-invalid',
    path,
    field,
    value,
    allowed: issue.message.replace('Invalid input: ', ''),
  })
}

/** SHA-256 of the canonical JSON: the recipe's identity. */
export function recipeHash(recipe: Recipe): Sha256 {
  return hashOf(recipe as Json)
}

export function recipeText(recipe: Recipe): string {
  return canonicalJson(recipe as Json)
}

/** All of a recipe that the metrics of a plane depend on; recipes that agree in it measure alike. */
export function metricsPart({ quality }: Recipe): Json {
  return { metrics: quality.metrics }
}

/**
 * All of a recipe that the objects of a field depend on; recipes that agree in it find the same in the same planes.
 * Metrics are part of it because how sharp planes are decides which of them are analysed.
 */
export function analysisPart(recipe: Recipe): Json {
  const { channels, prepare, infer = null, derive, seed } = recipe
  return { quality: metricsPart(recipe), channels, prepare, infer, derive, seed }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    document,
  )
}
