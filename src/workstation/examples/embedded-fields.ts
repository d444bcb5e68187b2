import { embeddingColumn } from '#core/infer/embed-objects.ts'
import { parseWell, wellName } from '#core/plate/well.ts'
import { Recipe } from '#core/recipe.ts'
import { readObjects } from '../analysis/object-file.ts'
import { exportedFields, plateLabels, type ExportedField } from '../export/exported-fields.ts'
import { artifactPath } from '../record/artifacts.ts'
import { lastRecipeOf } from '../store/audit.ts'
import type { StoreReader } from '../store/open-store.ts'
import { listAcquisitions } from '../store/plates.ts'
import { recipeDocument } from '../store/recipes.ts'

/** A field whose objects were embedded by the recipe that its run was worked with last: that of `object.csv`. */
export interface EmbeddedField {
  readonly exported: ExportedField
  readonly recipe: Recipe
  /** Networks that embedded its objects. */
  readonly models: readonly string[]
}

/** An object by the keys of `object.csv`; what is undefined is not asked about. */
export interface ObjectKey {
  readonly plate: string
  /** Empty where the field has none. */
  readonly well: string
  readonly site: string
  readonly field?: string | undefined
  readonly acquisition?: string | undefined
  readonly time?: string | undefined
  readonly object: number
}

/** In the order of runs and fields. */
export function embeddedFields(store: StoreReader): readonly EmbeddedField[] {
  const runs = listAcquisitions(store.db)
  const labels = plateLabels(runs)
  return runs.flatMap(run => {
    const hash = lastRecipeOf(store.db, run.id)
    const document = hash === null ? undefined : recipeDocument(store.db, hash)
    if (document === undefined) return []
    const recipe = Recipe.parse(JSON.parse(document))
    const models = recipe.infer?.embedding ?? null
    if (models === null) return []
    return exportedFields(store.db, run, labels.get(run.plateId)!)
      .filter(({ objects }) => objects !== null)
      .map(exported => ({ exported, recipe, models }))
  })
}

/** The field of an object: of the newest run where several have it, and of what counts still before what does not. */
export function fieldOfObject(
  fields: readonly EmbeddedField[],
  key: ObjectKey,
): EmbeddedField | null {
  const found = fields.filter(({ exported }) => isMeant(exported, key))
  return found.findLast(({ exported }) => !exported.superseded) ?? found.at(-1) ?? null
}

/** The embeddings of a field's objects in the order of their numbers; none where it has no objects. */
export async function embeddingsOf(
  store: StoreReader,
  { exported }: EmbeddedField,
): Promise<readonly Float64Array[]> {
  const objects = exported.objects!
  if (objects.count === 0) return []
  const { count, columns } = await readObjects(artifactPath(store.folder, objects.table.location))
  const named = new Map(columns.map(({ name, values }) => [name, values]))
  const numbers: Float64Array[] = []
  for (;;) {
    const values = named.get(embeddingColumn(numbers.length))
    if (values === undefined) break
    numbers.push(values)
  }
  return Array.from({ length: count }, (_, i) => Float64Array.from(numbers, values => values[i]!))
}

function isMeant({ plate, acquisition, field }: ExportedField, key: ObjectKey): boolean {
  const { name, well, site, t } = field
  return (
    plate === key.plate &&
    wellText(well ?? '') === wellText(key.well) &&
    (key.site === '' && key.field !== undefined ? true : String(site ?? '') === key.site) &&
    (key.field === undefined || key.field === name) &&
    (key.time === undefined || key.time === String(t)) &&
    (key.acquisition === undefined || key.acquisition === String(acquisition.number))
  )
}

/** `b3` is `B03`. */
function wellText(name: string): string {
  const position = parseWell(name)
  return position === null ? name : wellName(position)
}
