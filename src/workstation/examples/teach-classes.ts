import { fail, ok, type Result } from '#core/fault.ts'
import { fitHead, type HeadKind } from '#core/infer/class-heads.ts'
import type { Example } from '#core/infer/few-shot.ts'
import { leaveOneOut, tryHead, type HeadTrial } from '#core/infer/try-head.ts'
import { parseRecipe, type Recipe } from '#core/recipe.ts'
import type { StoreReader } from '../store/open-store.ts'
import {
  embeddedFields,
  embeddingsOf,
  fieldOfObject,
  type EmbeddedField,
} from './embedded-fields.ts'
import type { LineProblem, NamedObject } from './read-examples.ts'

export interface TeachingOptions {
  /** Networks whose embeddings are to be used; null for those that the objects have. */
  readonly models: readonly string[] | null
  /** The recipe that gets the classes; null for the one the objects were found by. */
  readonly base: Recipe | null
  readonly kind: HeadKind
  /** Of the new recipe; null for the base's with `-classes` behind it. */
  readonly name: string | null
}

export interface TaughtClasses {
  readonly recipe: Recipe
  readonly models: readonly string[]
  readonly classes: readonly { readonly name: string; readonly examples: number }[]
  /** How examples are told by the others. */
  readonly leaveOneOut: HeadTrial
  /** How those of each well are told by those of others; null where all are of one well. */
  readonly leaveWellOut: HeadTrial | null
  /** Lines that name no object with an embedding by these networks. */
  readonly problems: readonly LineProblem[]
}

/**
 * Makes a recipe that tells classes as somebody named them for some objects, by the embeddings that are recorded of
 * those; nothing is read but the store.
 *
 * Faults: `bad-option` where no object was embedded by these networks, or classes have fewer than two examples.
 */
export async function teachClasses(
  store: StoreReader,
  named: readonly NamedObject[],
  { models: asked, base, kind, name }: TeachingOptions,
): Promise<Result<TaughtClasses>> {
  const all = embeddedFields(store)
  const models = asked ?? all.at(-1)?.models ?? null
  const fields = all.filter(field => field.models.join() === models?.join())
  if (models === null || fields.length === 0) return notEmbedded(asked, all)
  const { found, problems } = await embeddingsOfNamed(store, fields, named)
  const names = [...new Set(found.map(({ named: one }) => one.class))]
  const examples = found.map(({ vector, named: one }): Example => {
    return { vector, label: names.indexOf(one.class) }
  })
  const head = names.length < 2 ? null : fitHead(examples, names, kind)
  const classes = names.map((of, k) => {
    return { name: of, examples: examples.filter(({ label }) => label === k).length }
  })
  if (head === null) return tooFew(classes, problems)
  const own = base ?? fieldOfObject(fields, found[0]!.named.key)!.recipe
  const recipe = parseRecipe(withHead(own, models, head, name), '--examples')
  if (!recipe.ok) return recipe
  const one = leaveOneOut(examples.length, kind)
  const wells = [...new Set(found.map(({ well }) => well))]
  const groups = found.map(({ well }) => wells.indexOf(well))
  return ok({
    recipe: recipe.value,
    models,
    classes,
    leaveOneOut: tryHead(examples, one, names.length, kind),
    leaveWellOut: wells.length < 2 ? null : tryHead(examples, groups, names.length, kind),
    problems,
  })
}

interface FoundExample {
  readonly named: NamedObject
  readonly vector: Float64Array
  /** Where it comes from, of all plates. */
  readonly well: string
}

async function embeddingsOfNamed(
  store: StoreReader,
  fields: readonly EmbeddedField[],
  named: readonly NamedObject[],
): Promise<{ readonly found: readonly FoundExample[]; readonly problems: readonly LineProblem[] }> {
  const found: FoundExample[] = []
  const problems: LineProblem[] = []
  const lines = Map.groupBy(named, ({ key }) => fieldOfObject(fields, key))
  for (const [field, own] of lines) {
    if (field === null) {
      problems.push(...own.map(({ line }) => ({ line, detail: 'no field of the store is meant' })))
      continue
    }
    const embeddings = await embeddingsOf(store, field)
    const { plate, field: place } = field.exported
    for (const one of own) {
      const vector = embeddings[one.key.object - 1]
      const isTold = vector?.every(Number.isFinite) === true
      if (isTold) found.push({ named: one, vector, well: `${plate} ${place.well ?? place.name}` })
      else {
        const detail = `the field has ${embeddings.length} embedded objects, and not this one`
        problems.push({ line: one.line, detail })
      }
    }
  }
  const inOrder = (a: { readonly line: number }, b: { readonly line: number }) => a.line - b.line
  return {
    found: found.toSorted((a, b) => inOrder(a.named, b.named)),
    problems: problems.toSorted(inOrder),
  }
}

function withHead(
  base: Recipe,
  models: readonly string[],
  head: NonNullable<ReturnType<typeof fitHead>>,
  name: string | null,
): unknown {
  const { infer } = base
  const own = base.name.endsWith('-classes') ? base.name : `${base.name}-classes`
  const classes = { by: 'examples', fittedTo: models, head }
  return {
    ...base,
    name: name ?? own,
    status: 'draft',
    infer: { ...infer, embedding: models, classes },
  }
}

function notEmbedded(
  asked: readonly string[] | null,
  fields: readonly EmbeddedField[],
): Result<never> {
  const known = [...new Set(fields.map(({ models }) => models.join(', ')))]
  const value = asked === null ? 'the store' : asked.join(', ')
  const allowed =
    known.length === 0
      ? 'networks of infer.embedding by which the store was run; it was run by a recipe without'
      : known.join(' or ')
  return fail({ kind: 'bad-option', option: '--model', value, allowed })
}

function tooFew(
  classes: TaughtClasses['classes'],
  problems: readonly LineProblem[],
): Result<never> {
  const seen = classes.map(({ name, examples }) => `${examples} of ${name}`).join(', ')
  const [first] = problems
  const why = first === undefined ? '' : ` (line ${first.line}: ${first.detail})`
  const value = `${seen || 'no object that is known'}${why}`
  const allowed = 'two classes or more, each of two objects or more that differ'
  return fail({ kind: 'bad-option', option: '--examples', value, allowed })
}
