import { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { fail, ok, type Result } from '#core/fault.ts'
import { OBJECT_PLACE } from '#workstation/export/export-csv.ts'
import type { ObjectKey } from '#workstation/examples/embedded-fields.ts'
import { similarObjects, type SimilarObject } from '#workstation/examples/similar-objects.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { failWith, printJson } from '../exit.ts'
import { wholeNumber } from '../numbers.ts'
import { userPath } from '../paths.ts'

interface SimilarOptions {
  readonly to: string
  readonly most: number
  readonly json?: true
}

/** `models similar`: objects that networks see as one does. */
export function similarCommand(): Command {
  return new Command('similar')
    .description('List the objects of a plate that are most like one of them')
    .argument('<store>', 'store whose objects were embedded')
    .requiredOption('--to <object>', 'plate,well,site,object as in object.csv')
    .option('--most <n>', 'how many', wholeNumber(1), 50)
    .option('--json', 'print one JSON document')
    .action(similar)
}

async function similar(folder: string, { to, most, json }: SimilarOptions): Promise<void> {
  const key = keyFrom(to)
  if (!key.ok) return failWith(key.fault)
  const store = openStoreReader(userPath(folder))
  if (!store.ok) return failWith(store.fault)
  try {
    const found = await similarObjects(store.value, key.value, most)
    if (!found.ok) return failWith(found.fault)
    const rows = found.value.map(rowOf)
    if (json === true) return printJson({ to, objects: rows })
    process.stdout.write(stringify(rows, { header: true, columns: COLUMNS }))
  } finally {
    store.value.close()
  }
}

/** Plates may have commas in their names. */
function keyFrom(text: string): Result<ObjectKey> {
  const parts = text.split(',').map(part => part.trim())
  const [well, site, number] = parts.slice(-3)
  const object = Number(number)
  if (parts.length < 4 || !Number.isInteger(object) || object < 1) {
    const allowed = 'plate,well,site,object as in object.csv: BR00117,B03,2,17'
    return fail({ kind: 'bad-option', option: '--to', value: text, allowed })
  }
  return ok({ plate: parts.slice(0, -3).join(','), well: well!, site: site!, object })
}

const COLUMNS = [...OBJECT_PLACE, 'Similarity'] as const

function rowOf({ exported, object, similarity }: SimilarObject) {
  const { plate, acquisition, field } = exported
  return {
    Metadata_Plate: plate,
    Metadata_Acquisition: acquisition.number,
    Metadata_Well: field.well,
    Metadata_Site: field.site,
    Metadata_Time: field.t,
    Metadata_Field: field.name,
    ObjectNumber: object,
    Similarity: Number(similarity.toFixed(6)),
  }
}
